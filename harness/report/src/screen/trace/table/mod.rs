//! The steps as a table: a column per thread, a row per step, time downwards.

mod layout;

use textwrap::core::display_width;

use self::layout::{Layout, before_op};
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
    let column = layout.column(row.thread);
    let (who, start) = match &column {
        Some((column, _)) => (String::new(), column.start),
        None => (names.thread(row.thread) + "  ", layout.left),
    };
    let (line, op) = match &column {
        Some((column, _)) => (column.line, column.op),
        None => (display_width(&row.line), display_width(&row.op)),
    };
    let op_start = start + display_width(&who) + before_op(line);
    let room = before_op(line) - line;
    let what_start = op_start + op + 2;
    let end = column
        .as_ref()
        .map_or(style.width, |(column, _)| column.start + column.width);
    let what = wrap(&row.what, end.saturating_sub(what_start).max(1));
    let cell = format!(
        "{}{}{:room$}{}  {}",
        style.paint(Tone::Heading, &who),
        style.paint(Tone::Faint, &format!("{:>line$}", row.line)),
        "",
        fill(&row.op, op),
        what.first().map_or("", String::as_str)
    );
    let first = fill(&number, start) + &cell;
    let rest: Vec<String> = what
        .iter()
        .skip(1)
        .map(|row| format!("{:what_start$}{row}", ""))
        .collect();
    let beside = column.and_then(|(_, next)| next);
    draw_with_note(page, &first, &rest, row.note.as_deref(), beside, op_start);
}

/// Draws a row and what is wrong with it: beside it where there is room (from the column `beside`, if that is given),
/// else below, from the column `below`.
pub(super) fn draw_with_note(
    page: &mut Page,
    first: &str,
    rest: &[String],
    note: Option<&str>,
    beside: Option<usize>,
    below: usize,
) {
    let style = page.style();
    let first = first.trim_end();
    let note = note.map(|note| format!("← {note}")).unwrap_or_default();
    let beside = beside.unwrap_or(display_width(first) + BEFORE_NOTE);
    if rest.is_empty() && beside + display_width(&note) <= style.width {
        page.line(fill(first, beside) + &style.paint(Tone::Bad, &note));
        return;
    }
    page.line(first);
    rest.iter().for_each(|row| page.line(row));
    for row in wrap(&note, style.width.saturating_sub(below).max(1)) {
        page.line(format!("{:below$}{}", "", style.paint(Tone::Bad, &row)));
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
