//! Executions until a scenario is exhausted, or until its bug: kata's explorer beside shuttle's depth-first search and loom, on the same
//! scenarios.
//!
//! ```sh
//! cargo bench -p kata-benchmarks --bench table
//! ```
//!
//! The counts are the same on every machine; the operations per second are this one's. Each engine runs each scenario in a
//! process of its own: a bug is a panic to them, and some do not survive it.

#![allow(clippy::unwrap_used, reason = "scenarios panic where they fail")]

mod kata;
mod loom;
mod shuttle;

use std::{
    env,
    process::{Command, Stdio},
    sync::{
        Once,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Instant,
};

/// The most executions that shuttle and loom are given; kata has caps of its own.
const CAP: u64 = 200_000;

/// The names of the scenarios, as each engine lists them.
const SCENARIOS: [&str; 10] = [
    "`fetch_add`, 3 threads × 2, right",
    "3 philosophers, right",
    "5 philosophers, right",
    "bounded buffer 2 + 2, `notify_all`, right",
    "lost update",
    "check-then-act",
    "AB/BA",
    "missed notification",
    "bounded buffer 2 + 2, `notify_one`",
    "5 philosophers, all left first",
];

/// How many of them have no bug; they come first.
const RIGHT: usize = 4;

/// A name, and what runs the scenario at a place of the list.
type Engine = (&'static str, fn(usize));

const ENGINES: [Engine; 3] = [
    ("shuttle's DFS", shuttle::run),
    ("loom", loom::run),
    ("kata", kata::run),
];

static OPERATIONS: AtomicU64 = AtomicU64::new(0);
static EXECUTIONS: AtomicU64 = AtomicU64::new(0);

/// Called by scenarios before each operation, so that all engines are counted alike.
fn op() {
    OPERATIONS.fetch_add(1, Relaxed);
}

/// Called where an execution begins.
fn execution() {
    EXECUTIONS.fetch_add(1, Relaxed);
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    match &arguments[..] {
        [_, word, engine, place] if word == "one" => {
            one(engine.parse().unwrap(), place.parse().unwrap());
        }
        _ => table(),
    }
}

/// Runs one engine on one scenario, and says what it found in a line.
fn one(engine: usize, place: usize) {
    static TOLD: Once = Once::new();
    let start = Instant::now();
    let tell = move |found: &'static str| {
        TOLD.call_once(|| {
            let per_second = OPERATIONS.load(Relaxed) as f64 / start.elapsed().as_secs_f64();
            println!("{found} {} {per_second:.0}", EXECUTIONS.load(Relaxed));
        });
    };
    std::panic::set_hook(Box::new(move |_| tell("bug")));
    ENGINES[engine].1(place);
    // Whether it was stopped or had come to its end: loom counts to one less.
    let capped = EXECUTIONS.load(Relaxed) >= CAP - 1;
    tell(if capped { "capped" } else { "exhausted" });
}

fn table() {
    println!(
        "Executions until a scenario is exhausted or its bug found, at most {CAP}; and thousands of the scenario's own\n\
         operations per second, where there are enough to tell.\n"
    );
    let names = ENGINES.map(|(name, _)| name).join(" | ");
    println!("| scenario | {names} |\n| --- | --- | --- | --- |");
    for (place, name) in SCENARIOS.iter().enumerate() {
        let cells: Vec<_> = (0..ENGINES.len()).map(|engine| cell(engine, place)).collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
}

fn cell(engine: usize, place: usize) -> String {
    // The scenario's own thread is one of them.
    if ENGINES[engine].0 == "loom" && SCENARIOS[place].starts_with('5') {
        return "cannot: 5 threads at most".to_owned();
    }
    let program = env::current_exe().unwrap();
    let mut command = Command::new(program);
    command.args(["one", &engine.to_string(), &place.to_string()]);
    let output = command.stderr(Stdio::null()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let words: Vec<&str> = text.lines().last().unwrap_or_default().split(' ').collect();
    let [found, executions, per_second] = words[..] else {
        return "it says nothing".to_owned();
    };
    let outcome = match (found, place < RIGHT) {
        ("exhausted", true) | ("bug", false) => executions.to_owned(),
        ("capped", true) => format!("not in {executions}"),
        ("capped", false) => format!("missed in {executions}"),
        ("exhausted", false) => format!("missed in all {executions}"),
        _ => format!("false alarm at {executions}"),
    };
    let per_second: f64 = per_second.parse().unwrap();
    match executions.parse() {
        Ok(0..500_u64) | Err(_) => outcome,
        Ok(_) => format!("{outcome}, {:.0} k/s", per_second / 1e3),
    }
}
