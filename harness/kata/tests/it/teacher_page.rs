//! The teacher's page, followed to the letter: a new exercise without a look at `harness/`.

use std::{
    fs::{self, File},
    io::Write,
};

use predicates::{prelude::PredicateBooleanExt, str::contains};

use crate::fixture::{Fixture, repository};

/// The blocks of the page that name a file, with their text.
fn files(page: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line
            .strip_prefix("```")
            .and_then(|info| info.split("file=").nth(1))
        else {
            continue;
        };
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        files.push((name.to_owned(), format!("{}\n", text.join("\n"))));
    }
    files
}

#[test]
fn an_exercise_added_by_hand_grades_what_it_claims() {
    let fixture = Fixture::new();
    let page = fs::read_to_string(repository().join("docs/teacher.md")).unwrap();
    for (name, text) in files(&page) {
        let path = fixture.course().join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if name == "course.toml" {
            let text = text.replace("\"threads\"", "\"first\"");
            let mut course = File::options().append(true).open(path).unwrap();
            write!(course, "\n{text}").unwrap();
        } else {
            fs::write(path, text).unwrap();
        }
    }
    fixture.kata(&["check", "elsewhere"]).assert().code(1);
    fixture
        .kata(&["check", "elsewhere", "--starter"])
        .assert()
        .code(1);
    fixture
        .kata(&["check", "elsewhere", "--solution"])
        .assert()
        .success();
    fixture
        .kata(&["check", "elsewhere", "--right", "scoped"])
        .assert()
        .success();
    let wrong = fixture.json(&["check", "elsewhere", "--wrong", "calls-it-here"]);
    assert_eq!(wrong["verdict"], "wrong_answer");
    assert_eq!(wrong["tests"][1]["verdict"], "wrong_answer");
    fixture
        .kata(&["show", "elsewhere"])
        .assert()
        .success()
        .stdout(contains("Write elsewhere").or(contains("Write `elsewhere`")));
}
