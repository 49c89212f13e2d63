//! The whole course at once: every solution graded, afresh and from the cache, beside `cargo test` of the solutions' crates.
//!
//! ```text
//! cargo bench -p kata --bench course [-- ROUNDS]
//! ```
//!
//! Each round does all of it, so that whatever else the machine does meets all. `cargo test` runs the hidden tests under one schedule, on the
//! machine's own clock and without limits; its doc tests are left out. Before a fresh run of its, each solution is touched.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run says where")]

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant, SystemTime},
};

/// Rounds unless the command line says otherwise.
const ROUNDS: usize = 5;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The solutions' folders, each of which is a crate of its own.
fn solutions() -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join("solutions")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn kata(options: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_kata"))
        .args(["check", "--all", "--solution"])
        .args(options)
        .current_dir(repository())
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
}

fn cargo(packages: &[String]) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--quiet", "--tests"]);
    for package in packages {
        cargo.args(["-p", package]);
    }
    cargo.current_dir(repository()).stdout(Stdio::null());
    assert!(cargo.status().unwrap().success());
}

/// Makes cargo think that every solution was edited.
fn touch(solutions: &[PathBuf]) {
    let now = SystemTime::now();
    for source in ["src/lib.rs", "src/main.rs", "src/jobs.rs"] {
        for solution in solutions {
            if let Ok(file) = File::options().append(true).open(solution.join(source)) {
                file.set_modified(now).unwrap();
            }
        }
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn main() {
    let rounds = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(ROUNDS);
    let solutions = solutions();
    let packages: Vec<String> = solutions
        .iter()
        .map(|folder| format!("{}-solution", folder.file_name().unwrap().to_string_lossy()))
        .collect();
    // Both warm: the runtime, and what cargo builds once.
    kata(&[]);
    cargo(&packages);
    let mut times: [(&str, Vec<Duration>); 4] = [
        ("`kata check --all --solution --no-cache`", Vec::new()),
        (
            "`kata check --all --solution`, answered from the cache",
            Vec::new(),
        ),
        ("`cargo test` of the solutions, each touched", Vec::new()),
        ("`cargo test` of the solutions, unchanged", Vec::new()),
    ];
    for _ in 0..rounds {
        times[0].1.push(timed(|| kata(&["--no-cache"])));
        times[1].1.push(timed(|| kata(&[])));
        touch(&solutions);
        times[2].1.push(timed(|| cargo(&packages)));
        times[3].1.push(timed(|| cargo(&packages)));
    }
    println!(
        "{} katas, medians of {rounds} rounds\n\n| | s |\n| --- | --- |",
        packages.len()
    );
    for (what, times) in &mut times {
        times.sort_unstable();
        println!("| {what} | {:.1} |", times[times.len() / 2].as_secs_f64());
    }
}
