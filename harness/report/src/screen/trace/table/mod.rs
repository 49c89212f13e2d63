//! The steps as a table: a column per thread, a row per step, time downwards.

mod layout;

use textwrap::core::display_width;

use self::layout::Layout;
use super::{Line, names::Names, row::Row};
use crate::{
    page::{Page, count, fill, wrap},
    style::Tone,
};

/// Before a note that stands behind the last column.
const BEFORE_NOTE: usize = 3;

/// Draws the table, if it fits side by side; gives whether it does.
pub(super) fn draw(page: &mut Page, indent: usize, lines: &[Line], names: &Names<'_>) -> bool {
    let Some(layout) = Layout::of(lines, names, indent, page.style().width) else {
        return false;
    };
    draw_header(page, &layout, names);
    for line in lines {
        match line {
            Line::Row(row) => draw_row(page, indent, &layout, row, names),
            Line::LeftOut(number) => draw_left_out(page, indent, layout.digits, *number),
        }
    }
    true
}

fn draw_header(page: &mut Page, layout: &Layout, names: &Names<'_>) {
    let style = page.style();
    let columns = layout.columns.iter();
    let headings: Vec<_> = columns
        .map(|column| (column.start, wrap(&names.spawned(column.thread), column.width)))
        .collect();
    let rows = headings
        .iter()
        .map(|(_, heading)| heading.len())
        .max()
        .unwrap_or(0);
    for row in 0..rows {
        let mut text = String::new();
        for (start, heading) in &headings {
            let heading = heading.get(row).map_or("", String::as_str);
            text = fill(&text, *start) + &style.paint(Tone::Heading, heading);
        }
        page.line(text);
    }
}

fn draw_row(page: &mut Page, indent: usize, layout: &Layout, row: &Row, names: &Names<'_>) {
    let style = page.style();
    let number = number(page, indent, layout.digits, row);
    let (start, room, next, who, line, op) = match layout.column(row.thread) {
        Some((column, next)) => {
            let room = column.width.saturating_sub(column.line + 2 + column.op + 2);
            (column.start, room, next, String::new(), column.line, column.op)
        }
        None => {
            let who = names.thread(row.thread) + "  ";
            let room = style
                .width
                .saturating_sub(layout.left + display_width(&who) + row.before());
            let (line, op) = (display_width(&row.line), display_width(&row.op));
            (layout.left, room, None, who, line, op)
        }
    };
    let op_start = start + display_width(&who) + line + 2;
    let mut what = wrap(&row.what, room.max(1)).into_iter();
    let cell = format!(
        "{}{}  {}  {}",
        style.paint(Tone::Heading, &who),
        style.paint(Tone::Faint, &format!("{:>line$}", row.line)),
        fill(&row.op, op),
        what.next().unwrap_or_default()
    );
    let text = fill(&number, start) + &cell;
    let below: Vec<String> = what
        .map(|rest| format!("{:1$}{rest}", "", op_start + op + 2))
        .collect();
    let note = row.note.as_ref().map(|note| format!("← {note}"));
    let beside = next.unwrap_or(display_width(text.trim_end()) + BEFORE_NOTE);
    match note {
        Some(note) if below.is_empty() && beside + display_width(&note) <= style.width => {
            page.line(fill(text.trim_end(), beside) + &style.paint(Tone::Bad, &note));
        }
        note => {
            page.line(text);
            below.into_iter().for_each(|line| page.line(line));
            for row in note.map_or(Vec::new(), |note| {
                wrap(&note, style.width.saturating_sub(op_start).max(1))
            }) {
                page.line(format!("{:op_start$}{}", "", style.paint(Tone::Bad, &row)));
            }
        }
    }
}

/// The number of a step, or the sign of one that cannot be taken.
pub(super) fn number(page: &Page, indent: usize, digits: usize, row: &Row) -> String {
    let (number, tone) = match row.number {
        Some(number) => (number.to_string(), Tone::Faint),
        None => ("✗".to_owned(), Tone::Bad),
    };
    page.style()
        .paint(tone, &format!("{:indent$}{number:>digits$}", ""))
}

/// `⋮  12 steps left out`
pub(super) fn draw_left_out(page: &mut Page, indent: usize, digits: usize, number: usize) {
    let text = format!("{:>digits$}  {} left out", "⋮", count(number, "step"));
    page.text(indent, Tone::Faint, &text);
}
