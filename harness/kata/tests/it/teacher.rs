//! `kata course`: what a teacher does with a course.

use std::{fs, os::unix::fs::symlink};

use predicates::{prelude::PredicateBooleanExt, str::contains};
use serde_json::Value;

use crate::fixture::{Fixture, repository};

const KINDS: [&str; 6] = [
    "plain",
    "explore",
    "ideal",
    "virtual-time",
    "explore-tasks",
    "program",
];

fn schema() -> jsonschema::Validator {
    let text = fs::read_to_string(repository().join("docs/course-check.schema.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

/// The course with a new exercise of each kind.
fn with_new_exercises() -> Fixture {
    let fixture = Fixture::new();
    for kind in KINDS {
        let slug = format!("new-{kind}");
        fixture
            .kata(&["course", "new", &slug, "--kind", kind])
            .assert()
            .success()
            .stdout(contains(format!("kata course check {slug}")));
    }
    fixture
}

#[test]
fn a_new_exercise_of_any_kind_grades_what_it_claims_untouched() {
    let fixture = with_new_exercises();
    let slugs = KINDS.map(|kind| format!("new-{kind}"));
    let mut arguments = vec!["course", "check", "--repeat", "2", "--format", "json"];
    arguments.extend(slugs.iter().map(String::as_str));
    let checked = fixture.kata(&arguments).assert().success();
    let text = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
    let schema = schema();
    let checked: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(checked.len(), KINDS.len());
    for (exercise, slug) in checked.iter().zip(&slugs) {
        assert!(schema.is_valid(exercise), "{exercise:#}");
        assert_eq!(exercise["exercise"], **slug);
        assert_eq!(exercise["grades_what_it_claims"], true, "{exercise:#}");
    }
    let proved = |kind: &str| {
        let at = KINDS.iter().position(|other| *other == kind).unwrap();
        checked[at]["proved"].as_array().unwrap().len()
    };
    assert_eq!(
        (proved("explore"), proved("explore-tasks"), proved("plain")),
        (2, 1, 0)
    );
}

/// A part of a new exercise that is broken, and what is said of it.
struct Breakage {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    /// What is off, and where; `LINE` stands for the line in which `from` began.
    said: [&'static str; 2],
}

/// Each breaks one thing; `from` is empty where the whole file is replaced.
const BREAKAGES: [Breakage; 14] = [
    Breakage {
        file: "tests/it/starter.rs",
        from: "    job()",
        to: "    std::thread::spawn(job).join().ok().unwrap()",
        said: ["the starter passes", "tests/it/starter.rs"],
    },
    Breakage {
        file: "tests/it/starter.rs",
        from: "    job()",
        to: "    job",
        said: ["the starter cannot be run", "tests/it/starter.rs:LINE"],
    },
    Breakage {
        file: "exercises/it/src/lib.rs",
        from: "    job()",
        to: "    job() // mine",
        said: ["does not begin with the starter", "exercises/it/src/lib.rs"],
    },
    Breakage {
        file: "solutions/it/src/lib.rs",
        from: "thread::spawn(job)\n        .join()",
        to: "Ok::<_, Box<dyn std::any::Any + Send>>(job())\n       ",
        said: ["the solution does not pass", "solutions/it/src/lib.rs"],
    },
    Breakage {
        file: "solutions/it/src/lib.rs",
        from: "    thread::spawn(job)",
        to: "  let unused = 1;\n    thread::spawn(job)",
        said: ["a warning of the compiler", "this file is not formatted"],
    },
    Breakage {
        file: "tests/it/wrong/calls-it-here.rs",
        from: "let result = job();\n    let _ = thread.join();\n    result",
        to: "let _ = thread.join();\n    thread::spawn(job).join().ok().unwrap()",
        said: [
            "the wrong solution `calls-it-here` should get `wrong_answer` from `it_runs_on_another_thread`",
            "tests/it/wrong/calls-it-here.rs",
        ],
    },
    Breakage {
        file: "tests/it/right/scoped.rs",
        from: "scope.spawn(job).join()",
        to: "Some(job())",
        said: [
            "the right solution `scoped` does not pass",
            "tests/it/right/scoped.rs",
        ],
    },
    Breakage {
        file: "tests/it/hidden.rs",
        from: "check!(there != here,",
        to: "check!(there != here || true,",
        said: ["the starter passes", "tests/it/wrong/calls-it-here.rs"],
    },
    Breakage {
        file: "tests/it/wrong/loses-the-result.rs",
        from: "let _ = thread::spawn(job).join();\n    panic!(\"the result is gone\")",
        to: "thread::spawn(|| ()).join().unwrap();\n    job()",
        said: [
            "the test `it_returns_the_result` is passed by everything",
            "tests/it/hidden.rs",
        ],
    },
    Breakage {
        file: "exercises/it/README.md",
        from: "",
        to: "\n",
        said: ["there is no task", "exercises/it/README.md"],
    },
    Breakage {
        file: "tests/it/starter.rs",
        from: "    job()",
        to: "    let unused = 1;\n    job()",
        said: [
            "the starter compiles with a warning of the compiler: unused variable: `unused`",
            "tests/it/starter.rs:LINE",
        ],
    },
    Breakage {
        file: "course.toml",
        from: "hints = [\n    \"Which module of the standard library starts threads?\",\n    \
               \"thread::spawn takes a closure, and gives a handle.\",\n    \
               \"Joining the handle waits for the thread, and gives what the closure returned.\",\n]",
        to: "hints = []",
        said: ["there are no hints", "course.toml:LINE"],
    },
    Breakage {
        file: "course.toml",
        from: "[[exercise.wrong]]\n  file = \"loses-the-result\"\n  verdict = \"panic\"",
        to: "[[exercise.wrong]]\n  file = \"loses-the-result\"\n  verdict = \"wrong_answer\"",
        said: [
            "should get `wrong_answer` from `it_returns_the_result`, and gets `panic`",
            "name the verdict that it gets in `course.toml:LINE`",
        ],
    },
    Breakage {
        file: "course.toml",
        from: "[[exercise.wrong]]\n  file = \"calls-it-here\"\n  verdict = \"wrong_answer\"\n  \
               test = \"it_runs_on_another_thread\"",
        to: "[[exercise.wrong]]\n  file = \"calls-it-here\"\n  verdict = \"rejected\"",
        said: ["should be `rejected`, and is not", "gets in `course.toml:LINE`"],
    },
];

#[test]
fn whatever_is_broken_of_it_is_named_with_its_place() {
    let fixture = Fixture::new();
    fixture.kata(&["course", "new", "it"]).assert().success();
    for breakage in &BREAKAGES {
        let path = fixture.course().join(breakage.file);
        let whole = fs::read_to_string(&path).unwrap();
        assert!(
            whole.contains(breakage.from),
            "{}: {}",
            breakage.file,
            breakage.from
        );
        let broken = match breakage.from {
            "" => breakage.to.to_owned(),
            from => whole.replacen(from, breakage.to, 1),
        };
        fs::write(&path, broken).unwrap();
        let line = whole[..whole.find(breakage.from).unwrap()].matches('\n').count() + 1;
        let [what, place] = breakage.said;
        let place = place.replace("LINE", &line.to_string());
        let said = |text: &str| {
            // A sentence is wrapped where the line ends.
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            words.contains(what) && words.contains(&place)
        };
        fixture
            .kata(&["course", "check", "it"])
            .assert()
            .code(1)
            .stdout(predicates::function::function(said));
        fs::write(path, whole).unwrap();
    }
    fixture.kata(&["course", "check", "it"]).assert().success();
}

/// What `kata course check` says of these exercises, where it finds something off: its words, without the ends of lines.
fn faults_of(fixture: &Fixture, slugs: &[&str]) -> String {
    let checked = fixture
        .kata(&[&["course", "check"], slugs].concat())
        .assert()
        .code(1);
    let text = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn files_that_are_not_what_they_should_be_are_named_with_their_place() {
    let fixture = Fixture::new();
    fixture.kata(&["course", "new", "it"]).assert().success();
    let path = |path: &str| fixture.course().join(path);
    // A word of Latin-1, in three places.
    let latin = b"//! caf\xe9\n";
    fs::write(path("exercises/it/README.md"), latin).unwrap();
    fs::write(path("solutions/it/src/lib.rs"), latin).unwrap();
    fs::write(path("exercises/it/Cargo.toml"), "[package]\nname = it\n").unwrap();
    let starter = path("tests/it/starter.rs");
    fs::rename(&starter, path("tests/it/kept.rs")).unwrap();
    symlink("kept.rs", &starter).unwrap();
    fs::remove_file(path("exercises/it/src/lib.rs")).unwrap();
    let said = faults_of(&fixture, &["it"]);
    for fault in [
        "the task is not UTF-8 text exercises/it/README.md save it as UTF-8",
        "the manifest of the learner's crate is not TOML",
        "exercises/it/Cargo.toml:2 mend it",
        "the learner begins without a file that is to be edited exercises/it/src/lib.rs put a copy of the starter there \
         (tests/it/starter.rs), or say `kata reset it`",
        "the starter cannot be run: `rejected`, tests/it/starter.rs is a link",
        "let it keep to the rules",
        "the solution does not pass: `rejected`, solutions/it/src/lib.rs is not UTF-8 text",
        "solutions/it/src/lib.rs:1 mend it",
    ] {
        assert!(said.contains(fault), "{fault}\n{said}");
    }
    fs::write(path("exercises/it/Cargo.toml"), "[package]\nname = \"that\"\n").unwrap();
    symlink("../../../tests/it/kept.rs", path("exercises/it/src/lib.rs")).unwrap();
    let said = faults_of(&fixture, &["it"]);
    for fault in [
        "the learner's crate is called `that` exercises/it/Cargo.toml write `name = \"it\"`",
        "the learner begins with a link, and links are not graded exercises/it/src/lib.rs",
    ] {
        assert!(said.contains(fault), "{fault}\n{said}");
    }
}

#[test]
fn hidden_tests_that_do_not_compile_are_a_fault_of_one_exercise() {
    let fixture = Fixture::new();
    for slug in ["it", "that"] {
        fixture.kata(&["course", "new", slug]).assert().success();
    }
    let hidden = fixture.course().join("tests/it/hidden.rs");
    let whole = fs::read_to_string(&hidden).unwrap();
    fs::write(&hidden, whole.replacen("42", "\"42\"", 1)).unwrap();
    let line = whole[..whole.find("42").unwrap()].matches('\n').count() + 1;
    let said = faults_of(&fixture, &["it", "that"]);
    for words in [
        "✗ the hidden tests do not compile against the solution: error[E0277]",
        &format!("tests/it/hidden.rs:{line}:"),
        "`kata check it --solution` shows all that the compiler says",
        "✗ it 2 tests",
        "1 fault ✓ that 2 tests",
        "1 of 2 exercises grade what they claim",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn a_course_may_begin_with_nothing() {
    let fixture = Fixture::without_course();
    let head = "format = 1\n\n[course]\nid = \"mine\"\ntitle = \"Mine\"\nedition = \"2024\"\n\n\
                [[track]]\nid = \"first\"\ntitle = \"First\"\n";
    fs::write(fixture.course().join("course.toml"), head).unwrap();
    for command in [&["check"][..], &["next"], &["show"]] {
        let needs_one = fixture.kata(command).assert().code(2);
        needs_one.stderr(contains(
            "the course has no exercise yet: `kata course new SLUG` adds the first",
        ));
    }
    fixture
        .kata(&["course", "check"])
        .assert()
        .success()
        .stdout(contains("There is no exercise yet"));
    fixture
        .kata(&["list"])
        .assert()
        .success()
        .stdout(contains("There is no exercise yet"));
    fixture.kata(&["course", "new", "it"]).assert().success();
    fixture.kata(&["course", "check"]).assert().success();
}

#[test]
fn a_title_may_hold_what_toml_has_a_meaning_for() {
    let fixture = Fixture::new();
    let title = r#"Say "hi" to C:\temp, {{slug}}"#;
    fixture
        .kata(&["course", "new", "it", "--title", title])
        .assert()
        .success();
    fixture
        .kata(&["show", "it"])
        .assert()
        .success()
        .stdout(contains(title));
    fixture
        .kata(&["course", "new", "again", "--title", "two\nlines"])
        .assert()
        .code(2)
        .stderr(contains("`title` has more than one line"));
    assert!(!fixture.course().join("exercises/again").exists());
}

#[test]
fn a_course_with_a_fault_in_its_file_is_not_graded_at_all() {
    let fixture = Fixture::new();
    fixture.kata(&["course", "new", "it"]).assert().success();
    fs::remove_file(fixture.course().join("tests/it/wrong/calls-it-here.rs")).unwrap();
    fixture
        .kata(&["course", "check", "it"])
        .assert()
        .code(2)
        .stderr(contains("course.toml").and(contains("calls-it-here")));
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let fixture = Fixture::new();
    let course = fs::read_to_string(fixture.course().join("course.toml")).unwrap();
    for slug in ["demo", "Demo", "tokio"] {
        fixture.kata(&["course", "new", slug]).assert().code(2);
    }
    fixture
        .kata(&["course", "new", "it", "--track", "nowhere"])
        .assert()
        .code(2)
        .stderr(contains("nowhere"));
    assert!(!fixture.course().join("exercises/it").exists());
    assert_eq!(
        fs::read_to_string(fixture.course().join("course.toml")).unwrap(),
        course
    );
}
