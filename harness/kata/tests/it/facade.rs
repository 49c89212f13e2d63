//! How a submission comes to see kata's threads where it says `std`, whatever the compiler makes of `--extern std=`.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, process::Command};

use kata_course::{Course, Exercise};
use kata_grader::PINNED_CRATES;
use predicates::{prelude::PredicateBooleanExt, str::contains};

use crate::{
    fixture::{Fixture, repository},
    results::lasting,
};

/// A check of the shipped course.
fn check(fixture: &Fixture, exercise: &str, whose: &[&str]) -> serde_json::Value {
    let root = repository();
    let arguments = [
        &[
            "check",
            exercise,
            "--course",
            root.to_str().unwrap(),
            "--no-cache",
        ],
        whose,
    ]
    .concat();
    fixture.json(&arguments)
}

/// Every submission that the course has for an exercise, as arguments.
fn submissions(exercise: &Exercise) -> Vec<Vec<&str>> {
    let given = ["--solution", "--starter"].map(|whose| vec![whose]).into_iter();
    let right = exercise.right.iter().map(|right| vec!["--right", &*right.name]);
    let wrong = exercise.wrong.iter().map(|wrong| vec!["--wrong", &*wrong.name]);
    given.chain(right).chain(wrong).collect()
}

#[test]
fn a_copy_with_other_names_gets_the_same_verdicts_and_the_same_traces() {
    let course = Course::load(&repository(), PINNED_CRATES).unwrap();
    let (replaced, renamed) = (Fixture::new(), Fixture::with_facade(Some("renamed")));
    for slug in ["lost-update", "two-locks"] {
        for whose in submissions(course.exercise(slug).unwrap()) {
            let expected = lasting(check(&replaced, slug, &whose));
            assert_eq!(
                lasting(check(&renamed, slug, &whose)),
                expected,
                "{slug} {whose:?}"
            );
        }
    }
}

/// Ways to write a race which only an exploration finds; each must be explored in a copy as well.
#[test]
fn a_copy_hides_no_thread_however_std_is_spelled() {
    let course = Course::load(&repository(), PINNED_CRATES).unwrap();
    let given = course.layout(course.exercise("lost-update").unwrap()).exercise();
    let starter = fs::read_to_string(given.join("src/lib.rs")).unwrap();
    let (replaced, renamed) = (Fixture::new(), Fixture::with_facade(Some("renamed")));
    let import = "use std::sync::atomic::{AtomicU64, Ordering};";
    for other in [
        "use ::core::sync::atomic::{AtomicU64, Ordering};",
        "use std as s; use s::sync::atomic::{AtomicU64, Ordering};",
        "extern crate std as s; use s::sync::{self, atomic::{AtomicU64, Ordering}};",
        "use {std::sync::atomic::AtomicU64, core::sync::atomic::Ordering};",
        "macro_rules! i { ($($p:tt)*) => { use $($p)*; } } i!(std::sync::atomic::{AtomicU64, Ordering});",
        "macro_rules! i { () => { use ::std::sync::atomic::{AtomicU64, Ordering}; } } i!();",
        "mod m { pub use std::sync::atomic::*; } use m::{AtomicU64, Ordering};",
        "type AtomicU64 = r#std::sync::atomic::AtomicU64; use r#std::sync::atomic::Ordering;",
    ] {
        let text = starter.replace(import, other);
        assert_ne!(text, starter);
        let file = renamed.course().join("other.rs");
        fs::write(&file, text).unwrap();
        let whose = ["--submission", file.to_str().unwrap()];
        let found = check(&renamed, "lost-update", &whose);
        assert_eq!(found["verdict"], "race", "{other}: {found:#}");
        assert_eq!(
            lasting(found),
            lasting(check(&replaced, "lost-update", &whose)),
            "{other}"
        );
    }
}

#[test]
fn a_name_that_cannot_be_told_from_std_is_no_verdict() {
    let renamed = Fixture::with_facade(Some("renamed"));
    let text = "macro_rules! atomic { ($c:ident) => { $c::sync::atomic::AtomicU64 } }\n\
                pub struct Counter(atomic!(std));\n";
    let file = renamed.course().join("unclear.rs");
    fs::write(&file, text).unwrap();
    let root = repository();
    let arguments = [
        "check",
        "lost-update",
        "--course",
        root.to_str().unwrap(),
        "--submission",
    ];
    renamed
        .kata(&arguments)
        .arg(&file)
        .assert()
        .code(3)
        .stdout(contains("harness_error").and(contains("exercises/lost-update/src/lib.rs:2:28")));
}

/// A compiler that forgets the arguments `--extern NAME=…` of these names.
fn forgetful_compiler(fixture: &Fixture, names: &str) -> PathBuf {
    let asked = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .unwrap();
    let sysroot = String::from_utf8(asked.stdout).unwrap();
    // With no compiler of its own in its sysroot, it is called itself; the real one is below, and so within its view.
    let script = format!(
        "#!/bin/sh\n\
         if [ \"$1 $2\" = '--print sysroot' ]; then echo {}/..; exit; fi\n\
         left=$#\n\
         while [ $left -gt 0 ]; do\n\
         \targument=$1; shift; left=$((left - 1))\n\
         \tif [ \"$argument\" = --extern ]; then\n\
         \t\tvalue=$1; shift; left=$((left - 1))\n\
         \t\tcase $value in {names}) continue ;; esac\n\
         \t\tset -- \"$@\" --extern \"$value\"\n\
         \telse\n\
         \t\tset -- \"$@\" \"$argument\"\n\
         \tfi\n\
         done\n\
         exec {}/bin/rustc \"$@\"\n",
        sysroot.trim(),
        sysroot.trim()
    );
    let compiler = fixture.course().join("forgetful-rustc");
    fs::write(&compiler, script).unwrap();
    fs::set_permissions(&compiler, fs::Permissions::from_mode(0o755)).unwrap();
    compiler
}

#[test]
fn a_compiler_that_does_not_let_std_be_replaced_is_found_out() {
    let fixture = Fixture::with_facade(None);
    let compiler = forgetful_compiler(&fixture, "std=*");
    let root = repository();
    let root = root.to_str().unwrap();
    let kata = |arguments: &[&str]| {
        let mut kata = fixture.kata(arguments);
        kata.args(["--course", root]).env("RUSTC", &compiler);
        kata
    };
    kata(&["check", "lost-update", "--solution"])
        .assert()
        .success()
        .stdout(contains("proved: all"));
    // What only an exploration finds.
    kata(&["check", "lost-update", "--wrong", "stronger-ordering"])
        .assert()
        .code(1)
        .stdout(contains("race"));
    kata(&["doctor"])
        .assert()
        .stdout(contains("explored in a copy of the code"));
}

#[test]
fn a_compiler_that_lets_nothing_be_replaced_explores_nothing() {
    let fixture = Fixture::with_facade(None);
    let compiler = forgetful_compiler(&fixture, "std=*|core=*|k??=*|k???=*");
    let root = repository();
    let root = root.to_str().unwrap();
    let mut explored = fixture.kata(&["check", "lost-update", "--solution", "--course", root]);
    let refused = explored.env("RUSTC", &compiler).assert().code(3);
    refused.stderr(contains("threads cannot be explored with this compiler"));
    // Where threads are real, nothing is amiss.
    let mut plain = fixture.kata(&["check", "demo", "--solution"]);
    plain.env("RUSTC", &compiler).assert().success();
}
