//! What was under way when, on a test's virtual clock: a row for each, from the first moment on the left to the last on the right.

use kata_protocol::timeline::{End, Of, Span, Timeline};
use kata_untrusted::clean_line;
use textwrap::core::display_width;

use super::turns::seconds;
use crate::{
    page::{Page, cut, fill},
    style::Tone,
};

/// At most so many get a row.
const ROWS: usize = 16;

/// A name is not shown wider than this.
const WIDEST_NAME: usize = 24;

/// The columns of the picture.
const COLUMNS: usize = 32;

/// A picture that is narrower shows nothing.
const NARROWEST: usize = 8;

/// Draws them, where there is something to see: two at least, and time that has passed.
pub(super) fn draw(page: &mut Page, indent: usize, timeline: &Timeline) {
    let spans = &timeline.spans;
    let last = last(spans);
    let shown = &spans[..spans.len().min(ROWS)];
    let names: Vec<String> = shown.iter().map(name).collect();
    let ends: Vec<String> = shown.iter().map(when).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| display_width(text)).max().unwrap_or(0);
    let (margin, times) = (widest(&names), widest(&ends));
    let columns = page.room(indent + margin + times + 4).min(COLUMNS);
    if spans.len() < 2 || last == 0 || columns < NARROWEST {
        return;
    }
    page.gap();
    page.say(indent, &caption(timeline));
    page.gap();
    let style = page.style();
    for ((span, name), when) in shown.iter().zip(&names).zip(&ends) {
        // A column is left for whatever begins at the last moment.
        let left = column(span.began_ns, last, columns).min(columns - 1);
        let (right, tip) = match span.end {
            Some((at, End::Done)) => (column(at, last, columns), None),
            Some((at, End::GivenUp)) => (column(at, last, columns), Some('╳')),
            None => (columns, Some('…')),
        };
        let length = right.max(left + 1) - left;
        let mut bar = "━".repeat(length - usize::from(tip.is_some()));
        bar.extend(tip);
        let bar = format!("{:left$}{bar}", "");
        let tone = match span.end {
            Some((_, End::Done)) => Tone::Faint,
            _ => Tone::Bad,
        };
        page.line(format!(
            "{:indent$}{}  {}  {}",
            "",
            fill(name, margin),
            style.paint(Tone::Code, &fill(&bar, columns)),
            style.paint(tone, when),
        ));
    }
    let more = (spans.len() - shown.len()).saturating_add(timeline.left_out);
    if more > 0 {
        let more = format!("… and {more} more");
        page.line(format!("{:indent$}{}", "", style.paint(Tone::Faint, &more)));
    }
}

fn caption(timeline: &Timeline) -> String {
    let most = timeline.most_at_once;
    match timeline.of {
        Of::Jobs => format!("The jobs on the virtual clock, {most} at once at most:"),
        Of::Requests => format!("The requests in flight, on the virtual clock, {most} at once at most:"),
    }
}

/// The last moment of which anything is known.
fn last(spans: &[Span]) -> u64 {
    let moments = spans
        .iter()
        .flat_map(|span| [Some(span.began_ns), span.end.map(|(at, _)| at)]);
    moments.flatten().max().unwrap_or(0)
}

/// Where a moment is in the picture, from 0 to `columns`.
fn column(moment: u64, last: u64, columns: usize) -> usize {
    let column = u128::from(moment) * columns as u128 / u128::from(last);
    usize::try_from(column).unwrap_or(columns).min(columns)
}

fn name(span: &Span) -> String {
    cut(&clean_line(span.name.trim()), WIDEST_NAME)
}

/// `0 s to 1.5 s`
fn when(span: &Span) -> String {
    let from = seconds(span.began_ns);
    match span.end {
        Some((at, End::Done)) => format!("{from} to {}", seconds(at)),
        Some((at, End::GivenUp)) => format!("{from}, given up at {}", seconds(at)),
        None => format!("{from}, not done"),
    }
}
