//! The steps as a table: a column per thread, a row per step, time downwards.

use std::collections::BTreeSet;

use textwrap::core::display_width;

use super::{Line, names::Names, row::Row};
use crate::{
    page::{Page, count, fill, wrap},
    style::Tone,
};

/// A column that is narrower than this cannot be read, nor one that leaves less for what a step was done to.
const NARROWEST: usize = 21;
const NARROWEST_WHAT: usize = 9;

/// The columns of the page between two columns of the table.
const BETWEEN: usize = 3;

/// Where things stand, in columns of the page.
struct Layout {
    /// The width of the steps' numbers.
    digits: usize,
    /// The threads that have a column.
    threads: Vec<u32>,
    /// Where each column begins, and its width.
    columns: Vec<(usize, usize)>,
    /// The widths of lines and of operations within a column.
    line: usize,
    op: usize,
}

/// Draws the table, if it fits side by side; gives whether it does.
pub(super) fn draw(page: &mut Page, indent: usize, lines: &[Line], names: &Names<'_>) -> bool {
    let Some(layout) = Layout::of(lines, names, indent, page.style().width) else {
        return false;
    };
    draw_header(page, &layout, names);
    for line in lines {
        match line {
            Line::Row(row) => draw_row(page, indent, &layout, row),
            Line::LeftOut(number) => draw_left_out(page, indent, layout.digits, *number),
        }
    }
    true
}

impl Layout {
    fn of(lines: &[Line], names: &Names<'_>, indent: usize, width: usize) -> Option<Layout> {
        let rows = || {
            lines.iter().filter_map(|line| match line {
                Line::Row(row) => Some(row),
                Line::LeftOut(_) => None,
            })
        };
        let threads: BTreeSet<u32> = rows().map(|row| row.thread).collect();
        let threads: Vec<u32> = threads.into_iter().collect();
        let widest = |of: &dyn Fn(&Row) -> usize| rows().map(of).max().unwrap_or(0);
        let digits = widest(&|row| row.number.map_or(1, |number| number.to_string().len())).max(3);
        let line = widest(&|row| display_width(&row.line));
        let op = widest(&|row| display_width(&row.op));
        let left = indent + digits + 2;
        let room = width.checked_sub(left + BETWEEN * threads.len().checked_sub(1)?)?;
        let natural = threads.iter().map(|thread| {
            let own = rows().filter(|row| row.thread == *thread);
            let cells = own.map(|row| line + 2 + op + 2 + display_width(&row.what));
            cells
                .chain([display_width(&names.spawned(*thread)), NARROWEST])
                .max()
                .unwrap_or(NARROWEST)
        });
        let widths = fit(
            natural.collect(),
            room,
            NARROWEST.max(line + 2 + op + 2 + NARROWEST_WHAT),
        )?;
        let mut start = left;
        let columns = widths.into_iter().map(|width| {
            let column = (start, width);
            start += width + BETWEEN;
            column
        });
        Some(Layout {
            digits,
            threads,
            columns: columns.collect(),
            line,
            op,
        })
    }

    /// Where the column of a thread begins, its width, and where the next column begins.
    fn column(&self, thread: u32) -> (usize, usize, Option<usize>) {
        let at = self
            .threads
            .iter()
            .position(|other| *other == thread)
            .unwrap_or(0);
        let (start, width) = self.columns[at];
        (start, width, self.columns.get(at + 1).map(|(start, _)| *start))
    }
}

/// Narrows the widest columns until all fit; `None` when that makes one too narrow.
fn fit(mut widths: Vec<usize>, room: usize, narrowest: usize) -> Option<Vec<usize>> {
    if widths.iter().map(|width| *width.min(&narrowest)).sum::<usize>() > room {
        return None;
    }
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max()?;
        *widest -= 1;
    }
    Some(widths)
}

fn draw_header(page: &mut Page, layout: &Layout, names: &Names<'_>) {
    let style = page.style();
    let headings: Vec<_> = layout
        .threads
        .iter()
        .zip(&layout.columns)
        .map(|(thread, (_, width))| wrap(&names.spawned(*thread), *width))
        .collect();
    let rows = headings.iter().map(Vec::len).max().unwrap_or(0);
    for row in 0..rows {
        let mut text = String::new();
        for (heading, (start, _)) in headings.iter().zip(&layout.columns) {
            let heading = heading.get(row).map_or("", String::as_str);
            text = fill(&text, *start) + &style.paint(Tone::Heading, heading);
        }
        page.line(text);
    }
}

fn draw_row(page: &mut Page, indent: usize, layout: &Layout, row: &Row) {
    let style = page.style();
    let (start, width, next) = layout.column(row.thread);
    let number = row.number.map_or("✗".to_owned(), |number| number.to_string());
    let number = format!("{:indent$}{number:>1$}", "", layout.digits);
    let tone = if row.number.is_some() {
        Tone::Faint
    } else {
        Tone::Bad
    };
    let before = layout.line + 2 + layout.op + 2;
    let mut what = wrap(&row.what, width.saturating_sub(before).max(1)).into_iter();
    let line = format!("{:>1$}", row.line, layout.line);
    let cell = format!(
        "{}  {}  {}",
        style.paint(Tone::Faint, &line),
        fill(&row.op, layout.op),
        what.next().unwrap_or_default()
    );
    let mut text = fill(&style.paint(tone, &number), start) + &cell;
    let mut below: Vec<String> = what
        .map(|rest| format!("{:1$}{rest}", "", start + before))
        .collect();
    if let Some(note) = &row.note {
        let note = format!("← {note}");
        let beside = next.unwrap_or(display_width(&text) + BETWEEN);
        if beside + display_width(&note) <= style.width && below.is_empty() {
            text = fill(text.trim_end(), beside) + &style.paint(Tone::Bad, &note);
        } else {
            let start = start + layout.line + 2;
            let rows = wrap(&note, style.width.saturating_sub(start).max(1));
            below.extend(rows.iter().enumerate().map(|(at, row)| {
                format!(
                    "{:1$}{2}",
                    "",
                    start + if at == 0 { 0 } else { 2 }.min(at),
                    style.paint(Tone::Bad, row)
                )
            }));
        }
    }
    page.line(text);
    for line in below {
        page.line(line);
    }
}

/// `⋮  12 steps left out`
pub(super) fn draw_left_out(page: &mut Page, indent: usize, digits: usize, number: usize) {
    let text = format!("{:>digits$}  {} left out", "⋮", count(number, "step"));
    page.text(indent, Tone::Faint, &text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_fit_keep_their_width() {
        assert_eq!(fit(vec![30, 25], 60, 21), Some(vec![30, 25]));
    }

    #[test]
    fn the_widest_column_gives_way_first() {
        assert_eq!(fit(vec![40, 25], 60, 21), Some(vec![35, 25]));
        assert_eq!(fit(vec![22, 80, 22], 67, 21), Some(vec![22, 23, 22]));
    }

    #[test]
    fn columns_that_nobody_could_read_are_refused() {
        assert_eq!(fit(vec![30, 30, 30], 60, 21), None);
    }
}
