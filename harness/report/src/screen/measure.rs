//! What was measured on the ideal machine: in a few words, and as a picture of who worked when.

use kata_protocol::measure::{Measure, TIMELINE_COLUMNS, Worker};
use kata_untrusted::clean_line;
use textwrap::core::display_width;

use crate::{
    page::{Page, cut, fill, grouped},
    style::Tone,
};

/// At most so many threads get a row of their own.
const ROWS: usize = 12;

/// A thread's name is not shown wider than this.
const WIDEST_NAME: usize = 14;

/// A picture that is narrower shows nothing.
const NARROWEST: usize = 20;

/// `parallelism 4.00`, for a line of the table.
pub(super) fn summary(measure: &Measure) -> String {
    format!("parallelism {}", measure.parallelism())
}

/// Draws who worked when: a row per thread, from the begin of the measurement on the left to its end on the right.
pub(super) fn draw(page: &mut Page, indent: usize, measure: &Measure) {
    let shown: Vec<_> = measure.threads.iter().take(ROWS).collect();
    let labels: Vec<_> = shown.iter().map(|worker| label(worker)).collect();
    let margin = labels.iter().map(|label| display_width(label)).max().unwrap_or(0);
    let columns = page.room(indent + margin + 2).min(TIMELINE_COLUMNS);
    if shown.is_empty() || measure.span == 0 || columns < NARROWEST {
        return;
    }
    page.gap();
    page.say(
        indent,
        "Who worked when, on a machine with a processor for each thread:",
    );
    page.gap();
    let style = page.style();
    for (worker, label) in shown.iter().zip(&labels) {
        let bar = style.paint(Tone::Code, &bar(worker, columns));
        page.line(format!("{:indent$}{}  {bar}", "", fill(label, margin)));
    }
    let end = format!("{} units", grouped(measure.span));
    page.line(format!(
        "{:indent$}{:margin$}  0{end:>width$}",
        "",
        "",
        width = columns - 1
    ));
    if let Some(more) = measure.threads.len().checked_sub(ROWS + 1) {
        page.gap();
        page.say(indent, &format!("Not shown: {} more threads.", more + 1));
    }
}

fn label(worker: &Worker) -> String {
    let name = worker.name.as_deref().map(|name| clean_line(name.trim()));
    match (worker.thread, name) {
        (0, _) => "the test".to_owned(),
        (_, Some(name)) if !name.is_empty() => cut(&name, WIDEST_NAME),
        (number, _) => format!("thread {number}"),
    }
}

/// A character per column: full where the thread worked, a dot where it did not.
fn bar(worker: &Worker, columns: usize) -> String {
    let shade = |column: usize| {
        let from = column * TIMELINE_COLUMNS / columns;
        let to = ((column + 1) * TIMELINE_COLUMNS / columns).max(from + 1);
        let part = worker.busy.iter().take(to).skip(from);
        let (sum, parts) = part.fold((0, 0), |(sum, parts), busy| (sum + u32::from(*busy), parts + 1));
        match sum.checked_div(parts).unwrap_or(0) {
            0 => '·',
            1..=50 => '▒',
            _ => '█',
        }
    };
    (0..columns).map(shade).collect()
}
