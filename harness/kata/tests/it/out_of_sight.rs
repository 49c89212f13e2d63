//! What a submission may try that no schedule of its threads knows of: each is caught, and none is called proved.

use std::fs;

use predicates::{prelude::PredicateBooleanExt, str::contains};
use serde_json::Value;

use crate::fixture::{Fixture, repository};

/// A counter of visitors; `new` makes it and `increment` counts one.
fn counter(new: &str, increment: &str, value: &str) -> String {
    format!(
        "use std::sync::atomic::{{AtomicU64, Ordering::SeqCst}};\n\
         #[derive(Debug, Default)]\n\
         pub struct Counter {{ count: AtomicU64, name: String }}\n\
         impl Counter {{\n\
         pub fn new() -> Self {{ {new} }}\n\
         pub fn increment(&self) -> u64 {{ {increment} }}\n\
         pub fn value(&self) -> u64 {{ {value} }}\n\
         }}\n"
    )
}

/// A counter that does something besides, and is right otherwise.
fn besides(what: &str) -> String {
    let increment = format!("{what}\nself.count.fetch_add(1, SeqCst) + 1");
    counter("Self::default()", &increment, "self.count.load(SeqCst)")
}

fn arguments<'a>(fixture: &Fixture, text: &str, file: &'a mut String, root: &'a str) -> [&'a str; 6] {
    let place = fixture.course().join("counter.rs");
    fs::write(&place, text).unwrap();
    *file = place.to_str().unwrap().to_owned();
    ["check", "lost-update", "--course", root, "--submission", file]
}

fn check(fixture: &Fixture, text: &str) -> Value {
    let (root, mut file) = (repository(), String::new());
    fixture.json(&arguments(fixture, text, &mut file, root.to_str().unwrap()))
}

/// What would be a lost update on a disk, and seen by nobody.
#[test]
fn a_race_for_a_file_is_not_let_in() {
    let text = counter(
        "let name = std::env::temp_dir().join(\"kata-count\").display().to_string(); Self { name, ..Self::default() }",
        "let count: u64 = std::fs::read_to_string(&self.name).unwrap().parse().unwrap();\n\
         std::fs::write(&self.name, (count + 1).to_string()).unwrap(); count + 1",
        "0",
    );
    let fixture = Fixture::new();
    let report = check(&fixture, &text);
    assert_eq!(report["verdict"], "rejected", "{report:#}");
    let found = &report["diagnostics"][0];
    assert_eq!(
        (&found["code"], &found["location"]["line"]),
        (&"out-of-sight".into(), &6.into())
    );
    // A name that the rules do not follow leads nowhere either.
    let hidden = "macro_rules! hidden { ($module:ident) => { use std::$module as disk; } } hidden!(fs);\n"
        .to_owned()
        + &text.replace("std::fs", "disk");
    let report = check(&fixture, &hidden);
    assert_eq!(report["verdict"], "compile_error", "{report:#}");
    let rendered = report["diagnostics"][0]["rendered"].as_str().unwrap();
    assert!(rendered.contains("module `fs` is private"), "{rendered}");
    assert!(
        rendered.contains("leaves out what no schedule knows of"),
        "{rendered}"
    );
}

#[test]
fn what_waits_outside_of_the_schedules_is_not_let_in() {
    let fixture = Fixture::new();
    for what in [
        "std::net::TcpListener::bind(\"127.0.0.1:0\").unwrap().accept().unwrap();",
        "std::process::Command::new(\"true\").status().unwrap();",
        "use std::io::{self, Read}; io::pipe().unwrap().0.read(&mut [0]).unwrap();",
        "use std::os::unix::net::UnixStream; UnixStream::pair().unwrap();",
    ] {
        let report = check(&fixture, &besides(what));
        assert_eq!(report["verdict"], "rejected", "{what}: {report:#}");
        assert_eq!(report["diagnostics"][0]["code"], "out-of-sight", "{what}");
    }
}

#[test]
fn a_clock_on_the_wall_is_virtual_too() {
    let report = check(
        &Fixture::new(),
        &besides(
            "let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();\n\
             if time.subsec_nanos() % 2 == 1 { self.count.load(SeqCst); }",
        ),
    );
    assert_eq!(report["verdict"], "pass", "{report:#}");
    assert_eq!(report["tests"][3]["proof"]["kind"], "exhausted");
}

#[test]
fn what_unsafe_code_shares_is_not_proved() {
    // `lost-update` forbids it; the same exercise in a course of its own does not.
    let fixture = Fixture::without_course();
    let course = fixture.course();
    let manifest = fs::read_to_string(repository().join("course.toml")).unwrap();
    let at = manifest.find("slug = \"lost-update\"").unwrap();
    let (before, after) = manifest.split_at(at);
    let after = after.replacen("forbid = [\"unsafe\"]", "forbid = []", 1);
    fs::write(course.join("course.toml"), format!("{before}{after}")).unwrap();
    for folder in ["exercises", "solutions", "tests"] {
        crate::fixture::copy(&repository().join(folder), &course.join(folder));
    }
    let text = besides("let there = self.count.as_ptr(); unsafe { there.read_volatile() };");
    let place = course.join("counter.rs");
    fs::write(&place, text).unwrap();
    let report = fixture.json(&["check", "lost-update", "--submission", place.to_str().unwrap()]);
    assert_eq!(report["verdict"], "pass", "{report:#}");
    assert_eq!(report["tests"][3]["proof"]["kind"], "sampled");
    assert_eq!(
        (
            &report["unproved"]["why"],
            &report["unproved"]["location"]["line"]
        ),
        (&"unsafe".into(), &6.into())
    );
}

#[test]
fn what_differs_from_run_to_run_is_told_as_what_it_is() {
    let text = besides(
        "use std::{collections::HashMap, sync::Mutex};\n\
         let locks: HashMap<u32, Mutex<u32>> = (0..8).map(|n| (n, Mutex::new(n))).collect();\n\
         let mut sum = 0;\n\
         for (n, lock) in &locks { if sum < 6 { sum += *lock.lock().unwrap() + n; } }",
    );
    let fixture = Fixture::new();
    let (root, mut file) = (repository(), String::new());
    let arguments = arguments(&fixture, &text, &mut file, root.to_str().unwrap());
    let shown = fixture.kata(&arguments).assert().code(3);
    shown.stdout(
        contains("does not do the same each time")
            .and(contains("Take a `BTreeMap`"))
            .and(contains("doctor").not()),
    );
}
