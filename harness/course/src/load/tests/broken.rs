//! Broken courses as data, in `src/load/broken`, with the screen that each gives.

use std::iter::Peekable;

use crate::fixture::Fixture;

#[test]
fn syntax() {
    let screens = screens(include_str!("../broken/syntax.txt"));
    insta::assert_snapshot!(screens);
}

#[test]
fn keys_and_types() {
    let screens = screens(include_str!("../broken/keys-and-types.txt"));
    insta::assert_snapshot!(screens);
}

#[test]
fn values() {
    let screens = screens(include_str!("../broken/values.txt"));
    insta::assert_snapshot!(screens);
}

#[test]
fn limits() {
    let screens = screens(include_str!("../broken/limits.txt"));
    insta::assert_snapshot!(screens);
}

#[test]
fn references() {
    let screens = screens(include_str!("../broken/references.txt"));
    insta::assert_snapshot!(screens);
}

#[test]
fn files() {
    let screens = screens(include_str!("../broken/files.txt"));
    insta::assert_snapshot!(screens);
}

#[test]
fn hidden_tests() {
    let screens = screens(include_str!("../broken/hidden-tests.txt"));
    insta::assert_snapshot!(screens);
}

/// The screens of all cases of a file, one below the other.
fn screens(cases: &str) -> String {
    let case = |case: &str| {
        let (name, changes) = case.split_once('\n').unwrap();
        let fixture = Fixture::new();
        apply(&fixture, changes);
        format!("═══ {name}\n\n{}\n\n", fixture.screen())
    };
    cases.split("=== ").skip(1).map(case).collect()
}

fn apply(fixture: &Fixture, changes: &str) {
    let mut lines = changes.lines().filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.peek() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["-", ..] => {
                let from = block(&mut lines, "- ");
                fixture.edit(&from, &block(&mut lines, "+ "));
                continue;
            }
            ["append"] => {
                lines.next();
                fixture.write(
                    "course.toml",
                    fixture.read("course.toml") + &block(&mut lines, "| "),
                );
                continue;
            }
            ["write", path] => {
                lines.next();
                fixture.write(path, block(&mut lines, "| "));
                continue;
            }
            ["remove", path] => fixture.remove(path),
            ["link", path, target] => fixture.link(path, target),
            _ => panic!("no change: {line}"),
        }
        lines.next();
    }
}

/// The lines that begin with a mark, without it.
fn block<'t>(lines: &mut Peekable<impl Iterator<Item = &'t str>>, mark: &str) -> String {
    let mut block = Vec::new();
    while let Some(line) = lines.next_if(|line| line.starts_with(mark.trim_end())) {
        block.push(line.strip_prefix(mark).unwrap_or_default());
    }
    block.join("\n")
}
