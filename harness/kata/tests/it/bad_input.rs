//! What hostile and hopeless submissions get: a named verdict, the same each time, and nothing left behind.
//!
//! Each is a file in `tests/bad_input` whose first lines say what it must get.

use std::{collections::BTreeSet, fs};

use crate::fixture::{Fixture, data};

/// What the first lines of a submission say.
struct Expected {
    exercise: String,
    verdict: String,
    message: String,
}

fn expected(text: &str) -> Expected {
    let field = |name: &str| {
        let prefix = format!("//! {name}: ");
        text.lines()
            .find_map(|line| line.strip_prefix(&prefix))
            .map(str::to_owned)
    };
    Expected {
        exercise: field("exercise").unwrap_or_else(|| "demo".to_owned()),
        verdict: field("verdict").expect("the file says its verdict"),
        message: field("message").expect("the file says its message"),
    }
}

fn gets_its_verdict(name: &str) {
    let fixture = Fixture::new();
    let file = data("bad_input").join(format!("{name}.rs"));
    let expected = expected(&fs::read_to_string(&file).unwrap());
    let file = file.to_str().unwrap();
    let report = fixture.json(&["check", &expected.exercise, "--submission", file]);
    assert_eq!(report["verdict"], expected.verdict.as_str(), "{report:#}");
    let said = report["tests"][0]["message"]
        .as_str()
        .or(report["diagnostics"][0]["message"].as_str());
    assert!(
        said.is_some_and(|said| said.contains(&expected.message)),
        "{said:?} in {report:#}"
    );
    assert_eq!(report["points"], 0);
    fixture.assert_nothing_is_left();
}

macro_rules! submissions {
    ($($test:ident: $file:literal,)*) => {
        $(
            #[test]
            fn $test() {
                gets_its_verdict($file);
            }
        )*

        #[test]
        fn every_file_is_tested() {
            let listed = BTreeSet::from([$(concat!($file, ".rs").to_owned()),*]);
            let files: BTreeSet<String> = fs::read_dir(data("bad_input"))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            assert_eq!(files, listed);
        }
    };
}

submissions! {
    abort: "abort",
    a_little_too_much_printed: "a-little-too-much-printed",
    chain_of_threads: "chain-of-threads",
    child_holds_the_output: "child-holds-the-output",
    closed_descriptor: "closed-descriptor",
    constant_that_never_ends: "constant-that-never-ends",
    daemon: "daemon",
    deadlock: "deadlock",
    does_not_compile: "does-not-compile",
    exit_in_a_destructor_of_the_thread: "exit-in-a-destructor-of-the-thread",
    exit_zero: "exit-zero",
    exit_zero_in_a_destructor: "exit-zero-in-a-destructor",
    floods_both_streams: "floods-both-streams",
    forged_answer: "forged-answer",
    forged_before_the_answer: "forged-before-the-answer",
    four_gigabytes: "four-gigabytes",
    four_gigabytes_bit_by_bit: "four-gigabytes-bit-by-bit",
    gives_up_on_threads: "gives-up-on-threads",
    gigabyte_printed: "gigabyte-printed",
    infinite_loop: "infinite-loop",
    missing_function: "missing-function",
    moves_the_clock: "moves-the-clock",
    names_the_test_crate: "names-the-test-crate",
    other_signature: "other-signature",
    panic: "panic",
    panic_in_a_thread: "panic-in-a-thread",
    prints_a_pass: "prints-a-pass",
    reads_hidden_tests: "reads-hidden-tests",
    sets_the_panic_hook: "sets-the-panic-hook",
    sleeps_for_ever: "sleeps-for-ever",
    stack_overflow: "stack-overflow",
    threads_that_nobody_joins: "threads-that-nobody-joins",
    too_many_threads: "too-many-threads",
    unsafe_block: "unsafe-block",
    waits_for_nothing: "waits-for-nothing",
    wrong: "wrong",
}

/// A submission that is no text to begin with.
#[track_caller]
fn is_rejected(content: &[u8], why: &str) {
    let fixture = Fixture::new();
    fixture.submit("demo", content);
    let report = fixture.json(&["check", "demo"]);
    assert_eq!(report["verdict"], "rejected");
    let message = report["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.contains(why), "{message}");
    fixture.assert_nothing_is_left();
}

#[test]
fn ten_megabytes_of_source() {
    is_rejected(
        "// nothing\n".repeat(1_000_000).as_bytes(),
        "is larger than 256 KiB",
    );
}

#[test]
fn a_binary_file() {
    is_rejected(b"\x7fELF\x02\x01\x01\xff\xfe", "is not UTF-8 text");
}

#[test]
fn a_file_with_a_nul() {
    is_rejected(b"pub fn answer() -> u32 { 42 }\n\0", "holds a NUL byte");
}

#[test]
fn a_link_to_a_file() {
    let fixture = Fixture::new();
    let link = fixture.course().join("link.rs");
    std::os::unix::fs::symlink("/etc/passwd", &link).unwrap();
    let report = fixture.json(&["check", "demo", "--submission", link.to_str().unwrap()]);
    assert_eq!(report["verdict"], "rejected");
    // In the course itself, it is a fault of the course.
    fs::remove_file(fixture.submission("demo")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", fixture.submission("demo")).unwrap();
    fixture
        .kata(&["check", "demo"])
        .assert()
        .code(2)
        .stderr(predicates::str::contains("through a link"));
}

#[test]
fn a_missing_file() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.submission("demo")).unwrap();
    fixture
        .kata(&["check", "demo"])
        .assert()
        .code(2)
        .stderr(predicates::str::contains(
            "`kata reset demo` brings the starter back",
        ));
}

#[test]
fn an_empty_file() {
    let fixture = Fixture::new();
    fixture.submit("demo", "");
    assert_eq!(fixture.json(&["check", "demo"])["verdict"], "compile_error");
}

#[test]
fn terminal_escapes_are_shown_and_not_obeyed() {
    let fixture = Fixture::new();
    fixture.submit(
        "demo",
        "pub fn answer() -> u32 { println!(\"\\x1b[2J\\u{202e}\"); panic!(\"\\x1b]0;pass\\x07\\u{2066}\") }",
    );
    let output = fixture
        .kata(&["check", "demo"])
        .assert()
        .code(1)
        .get_output()
        .stdout
        .clone();
    let screen = String::from_utf8(output).unwrap();
    assert!(
        !screen.contains(['\x1b', '\x07', '\u{202e}', '\u{2066}']),
        "{screen:?}"
    );
    assert!(screen.contains("␛]0;pass"), "{screen}");
}

#[test]
fn what_editors_and_systems_leave_beside_a_source() {
    let fixture = Fixture::new();
    fixture.solve("demo");
    let folder = fixture.course().join("exercises/demo/src");
    // The lock of an editor, and what another system keeps of a file's colours.
    std::os::unix::fs::symlink("learner@machine.1234:5678", folder.join(".#lib.rs")).unwrap();
    fs::write(folder.join("._lib.rs"), b"\0\x05\x16\xff").unwrap();
    // Two links to their own folder lead to as many folders as one wants to look for.
    std::os::unix::fs::symlink(".", folder.join("round")).unwrap();
    std::os::unix::fs::symlink(".", folder.join("about")).unwrap();
    // Nobody ever writes into this pipe.
    let pipe = std::process::Command::new("mkfifo")
        .arg(folder.join("pipe.rs"))
        .status();
    assert!(pipe.unwrap().success());
    assert_eq!(fixture.json(&["check", "demo"])["verdict"], "pass");
    fixture.assert_nothing_is_left();
}

#[test]
fn a_rule_holds_in_every_file_of_the_crate() {
    let fixture = Fixture::new();
    fixture.submit("demo", "mod quiet;\npub fn answer() -> u32 { quiet::answer() }\n");
    let beside = fixture.course().join("exercises/demo/src/quiet.rs");
    fs::write(
        beside,
        "pub fn answer() -> u32 { include_str!(\"quiet.rs\").len() as u32 }\n",
    )
    .unwrap();
    let report = fixture.json(&["check", "demo"]);
    assert_eq!(report["verdict"], "rejected");
    assert_eq!(
        report["diagnostics"][0]["location"]["file"],
        "exercises/demo/src/quiet.rs"
    );
}
