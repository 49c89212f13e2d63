//! `kata check` beside `cargo test`, on the same crate and the same change.
//!
//! ```text
//! cargo bench -p kata --bench against_cargo [-- ROUNDS]
//! ```
//!
//! The crate is `gather` with its solution, in a course of its own. Each round runs every command once, one after
//! the other, so that a busy moment of the machine meets all of them; the table has the medians of all rounds, and
//! the ratios of these. `cargo test` runs the tests that a learner sees and the doc test; `kata check` runs the hidden
//! ones.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run says where")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Rounds that are measured unless the command line says otherwise.
const ROUNDS: usize = 15;

/// Rounds before that, which fill caches.
const WARM_UP: usize = 2;

fn main() {
    let rounds = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(ROUNDS);
    let place = tempfile::tempdir().unwrap();
    let course = Course::copy(place.path());
    let mut edits = 0;
    let mut times: [Vec<Duration>; 6] = Default::default();
    for round in 0..WARM_UP + rounds {
        let mut timed = |column: usize, command: &mut Command| {
            let start = Instant::now();
            let status = command.status().unwrap();
            let time = start.elapsed();
            assert!(status.success(), "{command:?} fails");
            if round >= WARM_UP {
                times[column].push(time);
            }
        };
        edits += 1;
        course.edit(edits);
        timed(0, &mut course.cargo_test(&[]));
        timed(1, &mut course.kata_check());
        timed(2, &mut course.cargo_test(&[]));
        timed(3, &mut course.kata_check());
        edits += 1;
        course.edit(edits);
        timed(4, &mut course.cargo_test(&["--lib", "--tests"]));
        timed(5, &mut course.cargo_test(&["--lib", "--tests"]));
    }
    let [cargo_edit, kata_edit, cargo_same, kata_same, lean_edit, lean_same] = times.map(median);
    println!("medians of {rounds} rounds, in milliseconds; the ratio is kata's time to the other's\n");
    println!("{:<34}{:>12}{:>12}{:>9}", "", "after an edit", "unchanged", "");
    for (name, edit, same) in [
        ("kata check", kata_edit, kata_same),
        ("cargo test", cargo_edit, cargo_same),
        ("cargo test without the doc test", lean_edit, lean_same),
    ] {
        let ratio = |kata: Duration, other: Duration| kata.as_secs_f64() / other.as_secs_f64();
        println!(
            "{name:<34}{:>7.0} ({:.2}){:>7.0} ({:.2})",
            edit.as_secs_f64() * 1e3,
            ratio(kata_edit, edit),
            same.as_secs_f64() * 1e3,
            ratio(kata_same, same),
        );
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A course with one exercise, solved, which is also a workspace of cargo's.
struct Course {
    root: PathBuf,
    solution: String,
}

impl Course {
    fn copy(root: &Path) -> Course {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for folder in ["exercises", "solutions", "tests"] {
            copy(&repository.join(folder), &root.join(folder));
        }
        for file in ["course.toml", "Cargo.lock"] {
            fs::copy(repository.join(file), root.join(file)).unwrap();
        }
        // The workspace's own dependencies and lints, with the one exercise as its member.
        let manifest = fs::read_to_string(repository.join("Cargo.toml")).unwrap();
        let mut manifest: toml::Table = manifest.parse().unwrap();
        manifest.remove("profile");
        let workspace = manifest["workspace"].as_table_mut().unwrap();
        workspace.remove("default-members");
        workspace.insert("members".into(), vec!["exercises/gather".to_owned()].into());
        fs::write(root.join("Cargo.toml"), manifest.to_string()).unwrap();
        let solution = fs::read_to_string(root.join("solutions/gather/src/lib.rs")).unwrap();
        Course {
            root: root.to_owned(),
            solution,
        }
    }

    /// A small change that the compiler has to look at.
    fn edit(&self, number: usize) {
        let text = format!(
            "{}\n/// How often this file was saved.\npub const SAVED: usize = {number};\n",
            self.solution
        );
        fs::write(self.root.join("exercises/gather/src/lib.rs"), text).unwrap();
    }

    fn quiet(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn cargo_test(&self, which: &[&str]) -> Command {
        let mut cargo = self.quiet("cargo");
        cargo
            .args(["test", "--package", "gather", "--target-dir"])
            .arg(self.root.join("target"))
            .args(which);
        cargo
    }

    fn kata_check(&self) -> Command {
        let mut kata = self.quiet(env!("CARGO_BIN_EXE_kata"));
        kata.args(["check", "gather"]);
        kata
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
