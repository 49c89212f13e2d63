//! How long it takes to load a course of thirty exercises: `cargo bench -p kata-course`. Every `kata check` does
//! it once, so it should stay within a few milliseconds.

use std::{fmt::Write as _, fs, path::Path, time::Instant};

use kata_course::Course;

const EXERCISES: usize = 30;
const TESTS: usize = 8;
const WRONG: usize = 4;
const ROUNDS: usize = 100;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_course(folder.path());
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let course = Course::load(folder.path(), &["tokio"]).expect("the course has no fault");
            assert_eq!(course.exercises.len(), EXERCISES);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "{EXERCISES} exercises with {TESTS} tests each: median {:?}, fastest {:?}, slowest {:?}",
        times[ROUNDS / 2],
        times[0],
        times[ROUNDS - 1]
    );
}

fn write_course(root: &Path) {
    let mut toml = "format = 1\n[course]\nid = \"c\"\ntitle = \"C\"\nedition = \"2024\"\n".to_owned();
    toml += "[[track]]\nid = \"t\"\ntitle = \"T\"\n";
    for number in 0..EXERCISES {
        write_exercise(root, number, &mut toml);
    }
    write(root, "course.toml", &toml);
}

fn write_exercise(root: &Path, number: usize, toml: &mut String) {
    let slug = format!("kata-{number}");
    let mut entry = format!(
        "[[exercise]]\nslug = \"{slug}\"\ntitle = \"Kata\"\ntrack = \"t\"\neditable = [\"src/lib.rs\"]\n"
    );
    let mut hidden = String::from("use kata_test::{assert_that, prelude::*};\n\n");
    for test in 0..TESTS {
        write!(
            entry,
            "[[exercise.test]]\nname = \"test_{test}\"\nkind = \"plain\"\npoints = 1\nfeedback = \"No.\"\n"
        )
        .expect("a string takes everything");
        write!(hidden, "#[kata_test::test]\nfn test_{test}() {{\n{}}}\n\n", BODY).expect("the same");
    }
    for wrong in 0..WRONG {
        entry += &format!(
            "[[exercise.wrong]]\nfile = \"wrong-{wrong}\"\nverdict = \"wrong_answer\"\ntest = \"test_0\"\n"
        );
        write(root, &format!("tests/{slug}/wrong/wrong-{wrong}.rs"), "// wrong");
    }
    toml.push_str(&entry);
    write(root, &format!("tests/{slug}/hidden.rs"), &hidden);
    for file in [
        "exercises/SLUG/Cargo.toml",
        "exercises/SLUG/README.md",
        "exercises/SLUG/src/lib.rs",
    ] {
        write(root, &file.replace("SLUG", &slug), "");
    }
    write(root, &format!("solutions/{slug}/src/lib.rs"), "");
    write(root, &format!("tests/{slug}/starter.rs"), "");
}

/// The body of a hidden test of ordinary length.
const BODY: &str = r#"    let input: Vec<u64> = (0..16).collect();
    let results = kata::run_all(input.iter().map(|n| move || n * 2), 4);
    for (index, result) in results.iter().enumerate() {
        match result {
            Ok(value) => assert_eq!(*value, index as u64 * 2, "the result of job {index} is not in its place"),
            Err(error) => panic!("job {index} does not fail, and yet it gave {error:?}"),
        }
    }
    assert!(results.len() == 16, "each job gives one result; there were {} for 16 jobs", results.len());
"#;

fn write(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("every path has a folder")).expect("a folder can be made");
    fs::write(path, content).expect("a file can be written");
}
