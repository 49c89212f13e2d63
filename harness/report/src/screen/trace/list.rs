//! The steps as a list, for more threads than fit side by side.

use textwrap::core::display_width;

use super::{
    Line,
    names::Names,
    row::Row,
    table::{draw_left_out, number},
};
use crate::{
    page::{Page, fill, wrap},
    style::Tone,
};

/// At least so many columns are left for what was done; with fewer it stands on a line of its own.
const NARROWEST: usize = 20;

/// The widths of the columns.
#[derive(Default)]
struct Widths {
    number: usize,
    thread: usize,
    line: usize,
    op: usize,
}

/// Draws a line per step, the thread before what it did.
pub(super) fn draw(page: &mut Page, indent: usize, lines: &[Line], names: &Names<'_>) {
    let widths = Widths::of(lines, names);
    for line in lines {
        match line {
            Line::Row(row) => draw_row(page, indent, &widths, row, names),
            Line::LeftOut(number) => draw_left_out(page, indent, widths.number, *number),
        }
    }
}

impl Widths {
    fn of(lines: &[Line], names: &Names<'_>) -> Widths {
        let mut widths = Widths {
            number: 3,
            ..Widths::default()
        };
        for line in lines {
            let Line::Row(row) = line else { continue };
            widths.number = widths
                .number
                .max(row.number.map_or(1, |number| number.to_string().len()));
            widths.thread = widths.thread.max(display_width(&names.thread(row.thread)));
            widths.line = widths.line.max(display_width(&row.line));
            widths.op = widths.op.max(display_width(&row.op));
        }
        widths
    }
}

fn draw_row(page: &mut Page, indent: usize, widths: &Widths, row: &Row, names: &Names<'_>) {
    let style = page.style();
    let number = number(page, indent, widths.number, row);
    let line = format!("{:>1$}", row.line, widths.line);
    let head = format!(
        "{number}  {}  {}  {}",
        fill(
            &style.paint(Tone::Heading, &names.thread(row.thread)),
            widths.thread
        ),
        style.paint(Tone::Faint, &line),
        fill(&row.op, widths.op),
    );
    let note = row.note.as_ref().map(|note| format!("← {note}"));
    let start = display_width(&head) + 2;
    if start + NARROWEST > style.width {
        return draw_stacked(page, indent, &head, row, note);
    }
    let mut what = wrap(&row.what, style.width - start).into_iter();
    let mut text = format!("{head}  {}", what.next().unwrap_or_default());
    let rest: Vec<String> = what.collect();
    let beside = display_width(text.trim_end()) + 3;
    let note_fits = note
        .as_ref()
        .is_some_and(|note| beside + display_width(note) <= style.width);
    if let Some(note) = note.as_ref().filter(|_| note_fits && rest.is_empty()) {
        text = format!("{}   {}", text.trim_end(), style.paint(Tone::Bad, note));
        page.line(text);
        return;
    }
    page.line(text);
    for rest in rest {
        page.line(format!("{:start$}{rest}", ""));
    }
    for row in note
        .map(|note| wrap(&note, style.width - start))
        .unwrap_or_default()
    {
        page.line(format!("{:start$}{}", "", style.paint(Tone::Bad, &row)));
    }
}

/// For a terminal that is too narrow even for a list.
fn draw_stacked(page: &mut Page, indent: usize, head: &str, row: &Row, note: Option<String>) {
    page.line(head);
    let deeper = indent + 4;
    page.text(deeper, Tone::Text, &row.what);
    if let Some(note) = note {
        page.text(deeper, Tone::Bad, &note);
    }
}
