//! A line per test: whether it passed, its name, its points, and the first line of what went wrong.

use kata_protocol::report::{Report, TestReport};
use textwrap::core::display_width;

use super::{measure, proof, tone};
use kata_untrusted::{clean, clean_line};

use crate::{
    page::{Page, cut, fill, wrap},
    style::Tone,
};

/// `  ✓ ` before a name.
const MARGIN: usize = 4;

/// The columns between name, points and message.
const BETWEEN: usize = 3;

/// A message gets no room in the table that is narrower than this.
const NARROWEST_MESSAGE: usize = 16;

/// The widths of the columns.
struct Columns {
    name: usize,
    points: usize,
    message: usize,
}

impl Columns {
    fn of(tests: &[TestReport], width: usize) -> Columns {
        let widest =
            |texts: &mut dyn Iterator<Item = String>| texts.map(|t| display_width(&t)).max().unwrap_or(0);
        let points = widest(&mut tests.iter().map(points));
        let name = widest(&mut tests.iter().map(|test| clean_line(&test.name).into_owned()));
        let name = name.min((width / 2).saturating_sub(MARGIN)).max(8);
        let used = MARGIN + name + BETWEEN + points + BETWEEN;
        Columns {
            name,
            points,
            message: width.saturating_sub(used),
        }
    }
}

/// `2/2`
fn points(test: &TestReport) -> String {
    format!("{}/{}", test.points, test.max_points)
}

/// Draws the table.
pub(super) fn draw(page: &mut Page, report: &Report) {
    let columns = Columns::of(&report.tests, page.style().width);
    for test in &report.tests {
        row(page, test, &columns);
    }
    for reservation in proof::reservations(report) {
        page.gap();
        page.say(MARGIN, &reservation);
    }
}

/// Whether the table shows the message of the test in full, so that nothing below has to.
pub(super) fn tells_all(test: &TestReport, tests: &[TestReport], width: usize) -> bool {
    let columns = Columns::of(tests, width);
    test.message
        .as_deref()
        .is_some_and(|message| first_line(message, &columns) == clean(message))
}

fn row(page: &mut Page, test: &TestReport, columns: &Columns) {
    let style = page.style();
    let mark = match test.verdict.is_pass() {
        true => "✓",
        false => "✗",
    };
    let mark = style.paint(tone(test.verdict), mark);
    let name = clean_line(&test.name);
    let mut names = wrap(&name, columns.name).into_iter();
    let points = points(test);
    let pad = columns.points.saturating_sub(display_width(&points));
    let message = match (&test.message, test.verdict.is_pass()) {
        (Some(message), false) => first_line(message, columns),
        (None, false) => test.verdict.name().to_owned(),
        (_, true) => String::new(),
    };
    let proof = test.proof.as_ref().map(proof::summary);
    let measured = test.measured.as_deref().map(measure::summary);
    let proof = proof.or(measured).filter(|_| test.verdict.is_pass());
    let fits = proof
        .as_ref()
        .is_some_and(|proof| display_width(proof) <= columns.message);
    let (message, below) = match proof {
        Some(proof) if fits => (proof, None),
        proof => (message, proof),
    };
    page.line(format!(
        "  {mark} {}{:BETWEEN$}{:pad$}{points}{:BETWEEN$}{message}",
        fill(&names.next().unwrap_or_default(), columns.name),
        "",
        "",
        "",
    ));
    for rest in names {
        page.text(MARGIN, Tone::Text, &rest);
    }
    if let Some(below) = below {
        page.text(MARGIN + 2, Tone::Text, &below);
    }
}

/// What the table shows of a message: its first line, or nothing where there is no room.
fn first_line(message: &str, columns: &Columns) -> String {
    let message = clean(message);
    let mut lines = message.trim().lines();
    let first = lines.next().unwrap_or_default();
    match columns.message {
        room if room < NARROWEST_MESSAGE => String::new(),
        room if lines.next().is_some() => cut(&format!("{first} …"), room),
        room => cut(first, room),
    }
}
