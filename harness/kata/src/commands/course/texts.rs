//! What an exercise has for people: whether the task is there, and whether the learner's crate begins as it should.

use std::fs;

use kata_course::{Course, Exercise, Source, locate};
use kata_report::course::Fault;

use super::examine::place;

/// What is off.
pub(super) fn faults(course: &Course, exercise: &Exercise) -> Vec<Fault> {
    let checks = [task, manifest, learners_files, other_starter];
    checks
        .iter()
        .filter_map(|check| check(course, exercise))
        .collect()
}

/// Whether there is a task to read.
fn task(course: &Course, exercise: &Exercise) -> Option<Fault> {
    let readme = course.layout(exercise).readme();
    let (what, advice) = match fs::read(&readme).map(String::from_utf8) {
        Ok(Ok(task)) if !task.trim().is_empty() => return None,
        Ok(Err(_)) => ("the task is not UTF-8 text", "save it as UTF-8"),
        _ => (
            "there is no task",
            "write what is to be built, with its signature, its rules and an example",
        ),
    };
    Some(Fault {
        what: what.to_owned(),
        place: course.relative(&readme).display().to_string(),
        advice: advice.to_owned(),
    })
}

/// Whether cargo finds the learner's crate under the name by which the task calls it. kata itself never looks at it.
fn manifest(course: &Course, exercise: &Exercise) -> Option<Fault> {
    let path = course.layout(exercise).manifest();
    let text = fs::read_to_string(&path).unwrap_or_default();
    let mut place = course.relative(&path).display().to_string();
    let package = |what: String| {
        let advice = format!(
            "write `name = \"{0}\"` in `[package]`: learners say `cargo test -p {0}`",
            exercise.slug
        );
        (what, advice)
    };
    let (what, advice) = match text.parse::<toml::Table>() {
        Err(error) => {
            if let Some(span) = error.span() {
                let before = text.bytes().take(span.start).filter(|byte| *byte == b'\n');
                place += &format!(":{}", before.count() + 1);
            }
            let what = format!(
                "the manifest of the learner's crate is not TOML: {}",
                error.message()
            );
            (
                what,
                "mend it: without it, cargo and editors do not know the crate".to_owned(),
            )
        }
        Ok(manifest) => {
            let package_name = manifest.get("package").and_then(|package| package.get("name"));
            match package_name.and_then(toml::Value::as_str) {
                Some(name) if name == exercise.slug => return None,
                Some(name) => package(format!("the learner's crate is called `{name}`")),
                None => package("the learner's crate has no name".to_owned()),
            }
        }
    };
    Some(Fault { what, place, advice })
}

/// Whether the files that the learner edits are there, as files that `kata check` takes.
fn learners_files(course: &Course, exercise: &Exercise) -> Option<Fault> {
    let folder = course.layout(exercise).exercise();
    let missing = exercise
        .editable
        .iter()
        .map(|file| folder.join(file))
        .find_map(|path| {
            let what = match path.symlink_metadata() {
                Ok(metadata) if metadata.is_file() => return None,
                Ok(metadata) if metadata.is_symlink() => {
                    "the learner begins with a link, and links are not graded"
                }
                Ok(_) => "the learner begins with something that is no file",
                Err(_) => "the learner begins without a file that is to be edited",
            };
            Some((what, path))
        });
    let (what, path) = missing?;
    Some(Fault {
        what: what.to_owned(),
        place: course.relative(&path).display().to_string(),
        advice: format!(
            "put a copy of the starter there ({}), or say `kata reset {}`",
            place(course, exercise, &Source::Starter),
            exercise.slug
        ),
    })
}

/// Whether the learner's crate begins with something else than the starter that is kept.
fn other_starter(course: &Course, exercise: &Exercise) -> Option<Fault> {
    let texts = |source| {
        let located = locate(course, exercise, &source).ok()?;
        let texts = located.files.iter().map(|file| fs::read(&file.path));
        texts.collect::<Result<Vec<_>, _>>().ok()
    };
    let (given, kept) = (texts(Source::Learner)?, texts(Source::Starter)?);
    (given != kept).then(|| Fault {
        what: "the learner's crate does not begin with the starter that is kept for `kata reset`".to_owned(),
        place: place(course, exercise, &Source::Learner),
        advice: format!(
            "copy the right one over the other ({}), or say `kata reset {}`",
            place(course, exercise, &Source::Starter),
            exercise.slug
        ),
    })
}
