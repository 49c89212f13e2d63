//! What the layers of the sandbox cost a check: the same one inside them and under limits only.
//!
//! ```text
//! cargo bench -p kata --bench confinement [-- ROUNDS]
//! ```
//!
//! Each round grades the solutions of some katas afresh, one way and then the other, so that whatever else the machine
//! does meets both. The medians of all rounds are compared.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run says where")]

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::Value;

/// Rounds unless the command line says otherwise.
const ROUNDS: usize = 15;

/// One whose threads are real, one in virtual time with a crate, one that is explored.
const KATAS: [&str; 3] = ["spawn-join", "gather", "lost-update"];

/// Unconfined and confined.
const WAYS: [&[&str]; 2] = [&["--unconfined"], &[]];

fn main() {
    let rounds = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(ROUNDS);
    println!("medians of {rounds} rounds, in milliseconds\n");
    println!("| kata | tests | tier | unconfined | confined | more for the check | more for a test |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for kata in KATAS {
        let mut whole = [Vec::new(), Vec::new()];
        let mut run = [Vec::new(), Vec::new()];
        let (mut tests, mut tier) = (0, String::new());
        for _ in 0..rounds {
            for (way, options) in WAYS.into_iter().enumerate() {
                let (time, report) = grade(kata, options);
                whole[way].push(time);
                run[way].push(Duration::from_millis(
                    report["phases_ms"]["run"].as_u64().unwrap(),
                ));
                tests = report["tests"].as_array().unwrap().len();
                tier = report["sandbox"]["tier"].as_str().unwrap().to_owned();
            }
        }
        let [without, with] = whole.map(median);
        let [run_without, run_with] = run.map(median);
        println!(
            "| `{kata}` | {tests} | {tier} | {without:.0} | {with:.0} | {:.1} | {:.1} |",
            with - without,
            (run_with - run_without) / tests as f64
        );
    }
}

fn grade(kata: &str, options: &[&str]) -> (Duration, Value) {
    let began = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_kata"))
        .args([
            "check",
            kata,
            "--solution",
            "--no-cache",
            "--format",
            "json",
            "--course",
        ])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .args(options)
        .output()
        .unwrap();
    let time = began.elapsed();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["verdict"], "pass", "{report:#}");
    (time, report)
}

/// In milliseconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1000.0
}
