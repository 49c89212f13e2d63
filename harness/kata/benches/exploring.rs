//! What it takes to explore the solution of each kata, beside what it takes to compile it.
//!
//! ```text
//! cargo bench -p kata --bench exploring [-- ROUNDS]
//! ```
//!
//! Each round grades every solution afresh once; the table has the medians of all rounds. Executions and steps are
//! counts, the same on every machine. `compile` is the type check and the code of the submission; `link` makes the hidden
//! tests with it into a program; `explore` is the run of all tests, a process for each, several at once. The ratio is that
//! of exploring to compiling and linking.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run says where")]

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

/// Rounds unless the command line says otherwise.
const ROUNDS: usize = 5;

/// What the rounds found of one kata.
#[derive(Default)]
struct Kata {
    place: usize,
    executions: u64,
    steps: u64,
    proofs: BTreeMap<String, usize>,
    compile: Vec<u64>,
    link: Vec<u64>,
    explore: Vec<u64>,
}

fn main() {
    let rounds = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(ROUNDS);
    let mut katas: BTreeMap<String, Kata> = BTreeMap::new();
    for _ in 0..rounds {
        for (place, report) in grade_all().iter().enumerate() {
            if is_explored(report) {
                let slug = report["exercise"].as_str().unwrap().to_owned();
                let kata = katas.entry(slug).or_default();
                kata.place = place;
                kata.add(report);
            }
        }
    }
    let mut katas: Vec<_> = katas.into_iter().collect();
    katas.sort_by_key(|(_, kata)| kata.place);
    println!("medians of {rounds} rounds, in milliseconds\n");
    println!("| kata | executions | steps | steps a second | proofs | compile | link | explore | ratio |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (slug, kata) in &mut katas {
        kata.print(slug);
    }
}

/// The reports on all solutions.
fn grade_all() -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_kata"))
        .args([
            "check",
            "--all",
            "--solution",
            "--no-cache",
            "--format",
            "json",
            "--course",
        ])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn is_explored(report: &Value) -> bool {
    let tests = report["tests"].as_array().unwrap();
    tests.iter().any(|test| test["kind"] == "explore")
}

impl Kata {
    fn add(&mut self, report: &Value) {
        assert_eq!(report["verdict"], "pass", "{report:#}");
        (self.executions, self.steps) = (0, 0);
        self.proofs.clear();
        for test in report["tests"].as_array().unwrap() {
            self.executions += test["executions"].as_u64().unwrap_or(0);
            self.steps += test["steps"].as_u64().unwrap_or(0);
            if let Some(proof) = test["proof"]["kind"].as_str() {
                *self.proofs.entry(proof.to_owned()).or_default() += 1;
            }
        }
        let phase = |name: &str| report["phases_ms"][name].as_u64().unwrap();
        self.compile.push(phase("compile"));
        self.link.push(phase("link"));
        self.explore.push(phase("run"));
    }

    fn print(&mut self, slug: &str) {
        let [compile, link, explore] =
            [&mut self.compile, &mut self.link, &mut self.explore].map(|times| median(times));
        let proofs: Vec<_> = self
            .proofs
            .iter()
            .map(|(proof, number)| format!("{number} {proof}"))
            .collect();
        println!(
            "| `{slug}` | {} | {} | {} | {} | {compile} | {link} | {explore} | {:.2} |",
            self.executions,
            self.steps,
            self.steps * 1000 / explore.max(1),
            proofs.join(", "),
            explore as f64 / (compile + link).max(1) as f64,
        );
    }
}

fn median(times: &mut [u64]) -> u64 {
    times.sort_unstable();
    times[times.len() / 2]
}
