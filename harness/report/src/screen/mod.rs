//! The screen of a check.
//!
//! From top to bottom: a header, a line per test (`table`), then for each failure what it means and where
//! (`failure`, with the schedule that fails in `trace`), what the compiler says (`diagnostics`), and a last
//! line with the place to click and the command to type. An eye that reads only the first and the last line
//! knows what to do.

mod diagnostics;
mod failure;
mod measure;
mod printed;
mod processes;
pub(crate) mod proof;
pub(crate) mod source;
mod summary;
mod table;
mod timeline;
pub(crate) mod trace;
mod turns;

use kata_protocol::{
    Verdict,
    report::{Level, Report},
};
use textwrap::core::display_width;

pub use summary::summary;

use kata_untrusted::clean_line;

use crate::{
    explanation::is_of_the_code,
    page::{Page, by_word, count},
    style::{Style, Tone},
};

/// Gives the text of a file of the learner's, by the path that a location names.
pub type Sources<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// What the screen shows besides the report, when it is known.
#[derive(Clone, Copy, Default)]
pub struct Learner<'a> {
    /// Where the lines around a location are found.
    pub sources: Option<&'a Sources<'a>>,
    /// How many hints of the exercise the learner has seen.
    pub hints_seen: usize,
    /// The command that walks the schedule of the first test that failed under one; `None` where none is kept.
    pub replay: Option<&'a str>,
}

/// The screen of a check.
pub fn render(report: &Report, learner: &Learner<'_>, style: &Style) -> String {
    let mut page = Page::new(style);
    header(&mut page, report);
    if !report.tests.is_empty() {
        page.gap();
        table::draw(&mut page, report);
    }
    page.gap();
    if report.verdict.is_pass() {
        passed(&mut page, report);
    } else {
        failed(&mut page, report, learner);
    }
    page.finish()
}

/// `gather · All at once` on the left, `panic · 4 of 10 points` on the right.
fn header(page: &mut Page, report: &Report) {
    let style = page.style();
    let title = format!("{} · {}", clean_line(&report.exercise), clean_line(&report.title));
    let verdict = style.paint(tone(report.verdict), report.verdict.name());
    let points = format!(
        "{} of {}",
        report.points,
        count(report.max_points as usize, "point")
    );
    let title = by_word(&title, |word| style.paint(Tone::Heading, word));
    page.edges(&title, &format!("{verdict} · {points}"));
}

/// The colour of a verdict: red is kept for what the learner has to change.
pub(crate) fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Pass => Tone::Good,
        Verdict::HarnessError => Tone::Warning,
        _ => Tone::Bad,
    }
}

/// What follows a pass: a word of praise, and where to go on.
fn passed(page: &mut Page, report: &Report) {
    let slug = clean_line(&report.exercise);
    let praise = match report.tests.len() {
        1 => "Solved: its test passes. Well done!".to_owned(),
        tests => format!("Solved: all {tests} tests pass. Well done!"),
    };
    page.say(2, &praise);
    let warnings = diagnostics::of(report, Level::Warning);
    if !warnings.is_empty() {
        page.gap();
        diagnostics::in_a_line_each(page, &warnings);
    }
    page.gap();
    let style = page.style();
    let solution = style.paint(Tone::Code, &format!("kata solution {slug}"));
    let next = style.paint(Tone::Code, "kata next");
    page.edges(&format!("  {solution} to compare"), &format!("{next} to go on"));
}

fn failed(page: &mut Page, report: &Report, learner: &Learner<'_>) {
    let failures = failure::gather(&report.tests);
    let mut told = Vec::new();
    let alone = failures.len() == 1;
    for failure in &failures {
        failure::draw(page, failure, learner, &mut told, alone);
    }
    diagnostics::draw_errors(page, report, learner);
    if !told.contains(&report.verdict) {
        failure::draw_explanation(page, 2, report.verdict, None);
    }
    diagnostics::draw_more_to_read(page, report);
    diagnostics::draw_warnings(page, report);
    if report.cached {
        page.gap();
        let stale = "These files were graded before, so this is the same answer. Is your last edit saved?";
        page.text(2, Tone::Faint, stale);
    }
    page.gap();
    last_line(page, report, learner);
}

/// The place to click on the left, the next step on the right.
fn last_line(page: &mut Page, report: &Report, learner: &Learner<'_>) {
    let style = page.style();
    let (command, purpose) = next_step(report, learner);
    let place = place(report);
    let together = 2 + display_width(&place) + 2 + display_width(&command) + 1 + display_width(&purpose);
    let command = style.paint(Tone::Code, &command);
    // Where the line is too short for both, the command says enough.
    let next_step = match together <= style.width {
        true => format!("{command} {purpose}"),
        false => command,
    };
    match place.is_empty() {
        true => page.edges(&format!("  {next_step}"), ""),
        false => page.edges(&format!("  {}", style.paint(Tone::Code, &place)), &next_step),
    }
}

/// The first place that is known in what failed, or the file; nothing when the fault is not in the file.
fn place(report: &Report) -> String {
    let failing = report.tests.iter().filter(|test| !test.verdict.is_pass());
    let of_tests = failing.filter_map(|test| test.location.as_ref());
    let errors = diagnostics::of(report, Level::Error);
    let of_errors = errors.into_iter().filter_map(|error| error.location.as_ref());
    let place = match of_tests.chain(of_errors).next() {
        Some(location) => location.to_string(),
        None if is_fault_of_machine(report) => String::new(),
        None => report.file.clone(),
    };
    clean_line(&place).into_owned()
}

/// Whether the first thing that went wrong is no matter of the learner's code.
fn is_fault_of_machine(report: &Report) -> bool {
    let failed = report.tests.iter().find(|test| !test.verdict.is_pass());
    let message = failed.and_then(|test| test.message.as_deref());
    report.verdict == Verdict::HarnessError && !is_of_the_code(report.verdict, message)
}

/// A command, and what it is for.
fn next_step(report: &Report, learner: &Learner<'_>) -> (String, String) {
    let slug = clean_line(&report.exercise);
    let hints = report.hints;
    if is_fault_of_machine(report) {
        return ("kata doctor".to_owned(), "to look at this machine".to_owned());
    }
    if hints == 0 || report.verdict == Verdict::Rejected {
        return (format!("kata show {slug}"), "for the task".to_owned());
    }
    let purpose = match learner.hints_seen {
        0 if hints == 1 => "for a hint".to_owned(),
        0 => format!("for the first of {hints} hints"),
        seen if seen < hints => format!("for hint {} of {hints}", seen + 1),
        _ => "for the hints again".to_owned(),
    };
    (format!("kata hint {slug}"), purpose)
}

#[cfg(test)]
mod specification;
