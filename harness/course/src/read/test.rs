//! `[[exercise.test]]`

use kata_protocol::Kind;

use super::{
    Defaults, Entry, Reader,
    words::{all, listed, paragraph},
};
use crate::{Test, names, nearest::nearest, source_text::At};

/// The most points that one test may be worth.
const MOST_POINTS: u32 = 1000;

/// Reads the tests of an exercise.
pub(super) fn read_all(reader: &mut Reader<'_>, entry: Entry<'_>, defaults: Defaults) -> Option<Vec<Test>> {
    let entries = entry.tables("test");
    let names: Vec<_> = entries.iter().filter_map(|test| test.text("name")).collect();
    reader.report_repeated("test", &names);
    let tests = all(entries.iter().map(|each| test(reader, *each, defaults)));
    let worthless = |tests: &Vec<Test>| tests.iter().all(|test| test.points == 0);
    if let (Some(first), true) = (entries.first(), tests.as_ref().is_some_and(worthless)) {
        let span = first.value("points").map_or(first.span, |points| points.span);
        let fault = reader.fault(
            span,
            "no test of this exercise is worth a point",
            "0, like all others",
        );
        reader.report(fault.help("give at least one test `points = 1` or more"));
    }
    tests
}

fn test(reader: &mut Reader<'_>, entry: Entry<'_>, defaults: Defaults) -> Option<Test> {
    let name = entry.text("name").and_then(|name| test_name(reader, name));
    let kind = entry.text("kind").and_then(|kind| test_kind(reader, kind));
    let points = entry.number("points").and_then(|number| points(reader, number));
    let feedback = entry
        .text("feedback")
        .and_then(|text| paragraph(reader, "feedback", text));
    let Defaults { limits, caps } = defaults.with(reader, entry);
    Some(Test {
        name: name?,
        kind: kind?,
        points: points?,
        feedback: feedback?,
        limits,
        caps,
    })
}

fn test_name(reader: &mut Reader<'_>, name: At<&str>) -> Option<String> {
    let Some(why) = names::test_name_fault(name.value) else {
        return Some(name.value.to_owned());
    };
    let fault = reader.fault(
        name.span,
        format!("`{}` cannot be the name of a test", name.value),
        why,
    );
    reader.report(fault.help("name the function in `hidden.rs`, such as `no_update_is_lost`"));
    None
}

fn test_kind(reader: &mut Reader<'_>, text: At<&str>) -> Option<Kind> {
    let fault = match text.value.parse::<Kind>() {
        Ok(kind) => return Some(kind),
        Err(unknown) => {
            let fault = reader.fault(text.span, unknown.to_string(), "unknown kind");
            let known = || Kind::ALL.into_iter().map(Kind::name);
            fault.help(match nearest(text.value, known()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the kinds are {}", listed(known())),
            })
        }
    };
    reader.report(fault);
    None
}

fn points(reader: &mut Reader<'_>, number: At<i128>) -> Option<u32> {
    let points = u32::try_from(number.value)
        .ok()
        .filter(|points| *points <= MOST_POINTS);
    if points.is_none() {
        let message = format!("a test cannot be worth {} points", number.value);
        let fault = reader.fault(number.span, message, "out of range");
        reader.report(fault.help(format!("it may be 0 to {MOST_POINTS}")));
    }
    points
}
