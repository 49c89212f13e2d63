//! The steps as a list, for more threads than fit side by side.

use textwrap::core::display_width;

use super::{
    Line,
    names::Names,
    row::Row,
    table::{draw_left_out, draw_with_note, number},
};
use crate::{
    page::{Page, fill, wrap},
    style::Tone,
};

/// At least so many columns are left for what was done; with fewer it stands on a line of its own.
const NARROWEST: usize = 20;

/// Nor does it take more rows than this beside them.
const ROWS: usize = 2;

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
    let thread = style.paint(Tone::Heading, &names.thread(row.thread));
    let line = format!("{:>1$}", row.line, widths.line);
    let head = format!(
        "{}  {}  {}  {}",
        number(page, indent, widths.number, row),
        fill(&thread, widths.thread),
        style.paint(Tone::Faint, &line),
        fill(&row.op, widths.op),
    );
    let start = display_width(&head) + 2;
    let room = style.width.saturating_sub(start);
    if room < NARROWEST || display_width(&row.what) > room * ROWS {
        page.line(head);
        page.text(indent + 4, Tone::Text, &row.what);
        let note = row.note.as_ref().map(|note| format!("← {note}"));
        page.text(indent + 4, Tone::Bad, &note.unwrap_or_default());
        return;
    }
    let what = wrap(&row.what, room);
    let first = format!("{head}  {}", what.first().map_or("", String::as_str));
    let rest: Vec<String> = what
        .iter()
        .skip(1)
        .map(|row| format!("{:start$}{row}", ""))
        .collect();
    draw_with_note(page, &first, &rest, row.note.as_deref(), None, start);
}
