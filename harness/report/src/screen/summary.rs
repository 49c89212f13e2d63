//! The last screen of a check of several exercises: a row for each.

use kata_protocol::report::Report;

use super::tone;
use kata_untrusted::clean_line;

use crate::{
    page::{Page, count, fill},
    style::Style,
};

/// A row per exercise and a line that counts what passed; for a check of more than one.
pub fn summary(reports: &[Report], style: &Style) -> String {
    let mut page = Page::new(style);
    let slugs = reports.iter().map(|report| clean_line(&report.exercise));
    let widest = slugs
        .map(|slug| textwrap::core::display_width(&slug))
        .max()
        .unwrap_or(0);
    for report in reports {
        let tone = tone(report.verdict);
        let mark = style.paint(tone, if report.verdict.is_pass() { "✓" } else { "✗" });
        let slug = fill(&clean_line(&report.exercise), widest.min(style.width / 2));
        let points = format!(
            "{:>3} of {}",
            report.points,
            count(report.max_points as usize, "point")
        );
        let verdict = match report.verdict.is_pass() {
            true => String::new(),
            false => style.paint(tone, report.verdict.name()),
        };
        page.line(format!("  {mark} {slug}   {points}   {verdict}"));
    }
    let passed = reports.iter().filter(|report| report.verdict.is_pass()).count();
    page.gap();
    page.say(
        2,
        &format!("{passed} of {} passed", count(reports.len(), "exercise")),
    );
    page.finish()
}
