//! What blocks the event loop, in tables: each call is named at its line, and no right use of it is.

use std::fmt::Write;

use serde_json::Value;

use crate::fixture::Fixture;

const BLOCKS: &str = include_str!("../blocking/blocks.txt");
const RIGHT: &str = include_str!("../blocking/right.txt");

/// What the rows of the tables have in scope.
const HEAD: &str = "#![allow(unused, deprecated)]
use std::{fs::{self, File}, io::{self, BufRead, Read, Seek, Write}, net::{TcpListener, TcpStream, UdpSocket}};
use std::{process::{ChildStdin, ChildStdout, Command, Stdio}, thread, time::Duration, os::fd::OwnedFd};
use std::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, mpsc};
use tokio::task::{spawn_blocking, yield_now};
const HOUR: Duration = Duration::from_secs(3600);
async fn null() -> File { spawn_blocking(|| File::open(\"/dev/null\").unwrap()).await.unwrap() }
";

fn rows(table: &str) -> Vec<&str> {
    let lines = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.collect()
}

/// Grades a submission whose functions `row_0`, `row_1`, … each are the body of an async test.
fn graded(submission: &str, number: usize) -> Value {
    let fixture = Fixture::without_course();
    let write = |path: &str, text: &str| {
        let path = fixture.course().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let (mut course, mut hidden) = (COURSE.to_owned(), "use kata_test::prelude::*;\n".to_owned());
    for row in 0..number {
        let _ = write!(
            course,
            "[[exercise.test]]\nname = \"row_{row}\"\nkind = \"virtual-time\"\npoints = 1\nfeedback = \"a row\"\n"
        );
        let _ = writeln!(
            hidden,
            "#[kata_test::test]\nasync fn row_{row}() {{ rows::row_{row}().await; check!(true, \"it goes on\"); }}"
        );
    }
    course.push_str(
        "[[exercise.wrong]]\nfile = \"wrong\"\nverdict = \"blocks_event_loop\"\ntest = \"row_0\"\n",
    );
    write("course.toml", &course);
    write(
        "exercises/rows/Cargo.toml",
        "[package]\nname = \"rows\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    write("exercises/rows/README.md", "# Rows\n");
    for file in [
        "exercises/rows/src/lib.rs",
        "solutions/rows/src/lib.rs",
        "tests/rows/starter.rs",
        "tests/rows/wrong/wrong.rs",
    ] {
        write(file, submission);
    }
    write("tests/rows/hidden.rs", &hidden);
    fixture.json(&["check", "rows", "--no-cache"])
}

const COURSE: &str = r#"format = 1
[course]
id = "rows"
title = "Rows"
edition = "2024"
[[track]]
id = "only"
title = "The only one"
[[exercise]]
slug = "rows"
title = "Rows"
track = "only"
after = []
editable = ["src/lib.rs"]
crates = ["tokio"]
forbid = ["unsafe"]
hints = []
"#;

#[test]
fn each_call_that_blocks_is_named_at_its_line() {
    let rows = rows(BLOCKS);
    assert!(rows.len() >= 30);
    let mut submission = HEAD.to_owned();
    let mut expected = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let [call, before, at] = row.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("no row: {row}")
        };
        let before = if before == "-" { "" } else { before };
        // The semicolon belongs to the call's line, whatever it is a part of.
        let semicolon = if at.starts_with("for ") { "" } else { ";" };
        let value = if at.starts_with("for ") || before.ends_with(['{', '|']) {
            ""
        } else {
            "let _value = "
        };
        let _ = write!(
            submission,
            "pub async fn row_{number}() {{\n{before}\n{value}{at}{semicolon}\n}}\n"
        );
        let line = submission.lines().count() - 1;
        expected.push((call, line, row));
    }
    let report = graded(&submission, rows.len());
    let tests = report["tests"].as_array().unwrap();
    assert_eq!(tests.len(), rows.len(), "{report:#}");
    let mut wrong = Vec::new();
    for ((call, line, row), test) in expected.iter().zip(tests) {
        let message = test["message"].as_str().unwrap_or_default();
        let told = format!("`{call}` blocks the event loop at exercises/rows/src/lib.rs:{line}:");
        if test["verdict"] != "blocks_event_loop"
            || test["location"]["line"] != *line
            || !message.starts_with(&told)
        {
            wrong.push(format!("{row}\n  {line}: {test:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_right_use_is_a_false_alarm() {
    let rows = rows(RIGHT);
    assert!(rows.len() >= 30);
    let mut submission = HEAD.to_owned();
    for (number, row) in rows.iter().enumerate() {
        let _ = write!(submission, "pub async fn row_{number}() {{\n{row};\n}}\n");
    }
    let report = graded(&submission, rows.len());
    let tests = report["tests"].as_array().unwrap();
    assert_eq!(tests.len(), rows.len(), "{report:#}");
    let wrong: Vec<String> = rows
        .iter()
        .zip(tests)
        .filter(|(_, test)| test["verdict"] != "pass")
        .map(|(row, test)| format!("{row}\n  {test:#}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
