//! Where the parts of an exercise's entry stand in `course.toml`: for what is found out after the file was read.
//!
//! Looked up in the file when it is needed, and not kept in [`Exercise`](crate::Exercise): an answer of before must
//! count for an entry that has only moved.

use toml::de::DeTable;

use crate::{
    Course,
    load::COURSE_FILE,
    read::Entry,
    source_text::{SourceText, Span, read_capped},
};

/// A part of an exercise's entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryPart<'a> {
    /// Its hints; the entry itself where it has none.
    Hints,
    /// The wrong solution of that name.
    Wrong(&'a str),
    /// The mark of the mutant of that name.
    Equivalent(&'a str),
}

/// The place of that part of the exercise `slug`, as `course.toml:LINE`; `course.toml` alone where the file has changed
/// since it was read, and the part is there no more.
pub fn entry_place(course: &Course, slug: &str, part: EntryPart<'_>) -> String {
    match line(course, slug, part) {
        Some(line) => format!("{COURSE_FILE}:{line}"),
        None => COURSE_FILE.to_owned(),
    }
}

fn line_of(text: &str, span: Span) -> usize {
    let text = SourceText {
        path: COURSE_FILE.into(),
        text: text.to_owned(),
    };
    text.line_column(span.start).0
}

fn line(course: &Course, slug: &str, part: EntryPart<'_>) -> Option<usize> {
    let text = String::from_utf8(read_capped(&course.root.join(COURSE_FILE)).ok()?).ok()?;
    let tree = DeTable::parse(&text).ok()?;
    let top = Entry {
        table: tree.get_ref(),
        span: Span::default(),
    };
    let exercises = top.tables("exercise");
    let is =
        |entry: &Entry<'_>, key: &str, name: &str| entry.text(key).is_some_and(|text| text.value == name);
    let exercise = exercises.iter().find(|entry| is(entry, "slug", slug))?;
    let named = |list: &str, key: &str, name: &str| {
        let tables = exercise.tables(list);
        let found = tables.iter().find(|entry| is(entry, key, name));
        found.map(|entry| entry.span)
    };
    let span = match part {
        EntryPart::Hints => exercise.value("hints").map_or(exercise.span, |hints| hints.span),
        EntryPart::Wrong(name) => named("wrong", "file", name)?,
        EntryPart::Equivalent(name) => named("equivalent", "mutant", name)?,
    };
    Some(line_of(&text, span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[test]
    fn each_part_has_the_line_in_which_it_begins() {
        let fixture = Fixture::new();
        let course = fixture.load().unwrap();
        let text = fixture.read("course.toml");
        let place = |slug, part| entry_place(&course, slug, part);
        let stands_at = |place: String| {
            let line: usize = place.strip_prefix("course.toml:").unwrap().parse().unwrap();
            text.lines().nth(line - 1).unwrap().trim().to_owned()
        };
        assert!(stands_at(place("spawn-join", EntryPart::Hints)).starts_with("hints = "));
        // One that gives no hints is named itself, and so is not another one.
        let gather = place("gather", EntryPart::Hints);
        assert_ne!(gather, place("pool", EntryPart::Hints));
        assert_eq!(stands_at(gather), "[[exercise]]");
        // Two exercises have a wrong solution of one name.
        let (first, second) = (
            place("spawn-join", EntryPart::Wrong("one-by-one")),
            place("gather", EntryPart::Wrong("one-by-one")),
        );
        assert_ne!(first, second);
        for place in [first, second] {
            assert_eq!(stands_at(place), "[[exercise.wrong]]");
        }
    }

    #[test]
    fn what_is_not_there_any_more_has_no_line() {
        let fixture = Fixture::new();
        let course = fixture.load().unwrap();
        for (slug, part) in [
            ("gone", EntryPart::Hints),
            ("gather", EntryPart::Wrong("gone")),
            ("gather", EntryPart::Equivalent("gone")),
        ] {
            assert_eq!(entry_place(&course, slug, part), "course.toml");
        }
    }
}
