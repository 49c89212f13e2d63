//! What the compiler and the rules say, in their own words and with their own pictures.

use kata_protocol::{
    Verdict,
    report::{Diagnostic, Level, Report},
};
use textwrap::core::display_width;

use super::{Learner, printed, source};
use kata_untrusted::{clean, clean_line};

use crate::{
    page::{Page, cut, plural, wrap},
    style::Tone,
};

/// Where a message begins.
const INDENT: usize = 2;

/// After so many errors the rest is counted: it mostly follows from the first.
const ERRORS: usize = 5;

/// After so many warnings the rest is counted.
const WARNINGS: usize = 3;

/// At most so many lines of one message.
const LINES: usize = 40;

/// At most so many columns of one line.
const COLUMNS: usize = 400;

/// The report's messages of one level, in its order.
pub(super) fn of(report: &Report, level: Level) -> Vec<&Diagnostic> {
    let of_level = |diagnostic: &&Diagnostic| diagnostic.level == level;
    report.diagnostics.iter().filter(of_level).collect()
}

/// Draws the errors: all that there is to say when no test ran.
pub(super) fn draw_errors(page: &mut Page, report: &Report, learner: &Learner<'_>) {
    let errors = of(report, Level::Error);
    for error in errors.iter().take(ERRORS) {
        page.gap();
        draw(page, error, learner);
    }
    and_more(page, errors.len().saturating_sub(ERRORS), "error");
}

/// Where to read more about an error of the compiler: its codes have chapters of their own.
pub(super) fn draw_more_to_read(page: &mut Page, report: &Report) {
    let errors = of(report, Level::Error);
    let code = errors
        .iter()
        .filter_map(|error| error.code.as_deref())
        .find(|code| is_rustc_code(code));
    if let Some(code) = code {
        page.gap();
        page.say(
            INDENT,
            &format!("`rustc --explain {code}` tells the story behind the error, with examples."),
        );
    }
}

/// Draws the warnings of a check that did not pass: an unused future explains many a failure. When the code
/// does not compile they would only stand in the way.
pub(super) fn draw_warnings(page: &mut Page, report: &Report) {
    let warnings = of(report, Level::Warning);
    if warnings.is_empty() || report.verdict == Verdict::CompileError {
        return;
    }
    page.gap();
    page.say(INDENT, "The compiler warns, which may be the reason:");
    for warning in warnings.iter().take(WARNINGS) {
        page.gap();
        draw(page, warning, &Learner::default());
    }
    and_more(page, warnings.len().saturating_sub(WARNINGS), "warning");
}

/// Draws the warnings of a check that passed: small print.
pub(super) fn in_a_line_each(page: &mut Page, warnings: &[&Diagnostic]) {
    page.say(INDENT, "The compiler would still change this:");
    for warning in warnings.iter().take(WARNINGS) {
        page.text(INDENT + 2, Tone::Text, &clean_line(&warning.message));
        if let Some(location) = &warning.location {
            let place = page.style().paint(Tone::Code, &clean_line(&location.to_string()));
            page.line(format!("{:1$}{place}", "", INDENT + 2));
        }
    }
    and_more(page, warnings.len().saturating_sub(WARNINGS), "warning");
}

fn and_more(page: &mut Page, more: usize, noun: &str) {
    if more > 0 {
        page.gap();
        page.say(INDENT, &format!("… and {more} more {}", plural(more, noun)));
    }
}

fn draw(page: &mut Page, diagnostic: &Diagnostic, learner: &Learner<'_>) {
    let tone = match diagnostic.level {
        Level::Error => Tone::Bad,
        Level::Warning => Tone::Warning,
    };
    let rendered = clean(diagnostic.rendered.trim_end());
    if !rendered.is_empty() {
        let rendered = printed::head_and_tail(&rendered, LINES);
        for (at, line) in rendered.lines().enumerate() {
            draw_line(page, if at == 0 { tone } else { Tone::Text }, line);
        }
        return;
    }
    let level = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
    };
    page.text(INDENT, tone, &format!("{level}: {}", clean(&diagnostic.message)));
    if let Some(location) = &diagnostic.location {
        let place = page.style().paint(Tone::Code, &clean_line(&location.to_string()));
        page.line(format!("{:INDENT$}{place}", ""));
        page.gap();
        source::draw(page, INDENT, location, learner);
    }
}

/// Draws a line: as it is where it fits, for most are parts of a picture; otherwise wrapped, so that no
/// part of it reaches the left edge of the screen, where our own text stands.
fn draw_line(page: &mut Page, tone: Tone, line: &str) {
    let style = page.style();
    let line = cut(line, COLUMNS);
    if display_width(&line) <= page.room(INDENT) {
        page.line(format!("{:INDENT$}{}", "", style.paint(tone, &line)));
        return;
    }
    let start = line.trim_start();
    let deep = line.len() - start.len();
    let rest = deep + if start.starts_with("= ") { 2 } else { 0 };
    for (at, row) in wrap(start, page.room(INDENT + rest)).iter().enumerate() {
        let indent = INDENT + if at == 0 { deep } else { rest };
        page.line(format!("{:indent$}{}", "", style.paint(tone, row)));
    }
}

/// `E0382` and its like, which `rustc --explain` knows.
fn is_rustc_code(code: &str) -> bool {
    code.len() == 5 && code.starts_with('E') && code[1..].bytes().all(|byte| byte.is_ascii_digit())
}
