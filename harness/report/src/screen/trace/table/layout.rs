//! Where things stand in the table: which threads have a column, and how wide it is.

use std::collections::BTreeSet;

use textwrap::core::display_width;

use super::super::{Line, names::Names, row::Row};

/// A column that is narrower than this cannot be read, nor one that leaves less for what a step was done to.
const NARROWEST: usize = 21;
const NARROWEST_WHAT: usize = 9;

/// The columns of the page between two columns of the table.
const BETWEEN: usize = 3;

/// The test's own thread.
const TEST: u32 = 0;

/// Where things stand, in columns of the page.
pub(super) struct Layout {
    /// The width of the steps' numbers.
    pub(super) digits: usize,
    /// A column for each thread that has one.
    pub(super) columns: Vec<Column>,
    /// Where a row begins that is in no column: one of the test, before or after all others.
    pub(super) left: usize,
}

/// A column of the table.
pub(super) struct Column {
    pub(super) thread: u32,
    pub(super) start: usize,
    pub(super) width: usize,
    /// The widths of lines and of operations within it.
    pub(super) line: usize,
    pub(super) op: usize,
}

impl Layout {
    /// `None` when the threads do not fit side by side.
    pub(super) fn of(lines: &[Line], names: &Names<'_>, indent: usize, width: usize) -> Option<Layout> {
        let rows: Vec<&Row> = lines.iter().filter_map(Line::row).collect();
        let digits = rows
            .iter()
            .map(|row| row.number.map_or(1, |number| number.to_string().len()));
        let digits = digits.max().unwrap_or(0).max(3);
        let left = indent + digits + 2;
        let room = width.checked_sub(left)?;
        let threads: BTreeSet<u32> = rows.iter().map(|row| row.thread).collect();
        let mut columns: Vec<Column> = threads
            .iter()
            .map(|thread| natural(*thread, &rows, names))
            .collect();
        // What the test does before and after its threads needs no column beside theirs, where that leaves two to compare.
        if threads.len() > 2 && !interleaves(&rows) {
            columns.retain(|column| column.thread != TEST);
        }
        narrow(&mut columns, room)?;
        let mut start = left;
        for column in &mut columns {
            column.start = start;
            start += column.width + BETWEEN;
        }
        Some(Layout {
            digits,
            columns,
            left,
        })
    }

    /// The column of a thread, if it has one, and where the one beside it begins.
    pub(super) fn column(&self, thread: u32) -> Option<(&Column, Option<usize>)> {
        let at = self.columns.iter().position(|column| column.thread == thread)?;
        let next = self.columns.get(at + 1).map(|column| column.start);
        Some((&self.columns[at], next))
    }
}

/// How much room the lines take, where they are as wide as this, with the space behind them.
pub(super) fn before_op(line: usize) -> usize {
    if line == 0 { 0 } else { line + 2 }
}

/// A column that is as wide as what is in it.
fn natural(thread: u32, rows: &[&Row], names: &Names<'_>) -> Column {
    let own = || rows.iter().filter(|row| row.thread == thread);
    let line = own().map(|row| display_width(&row.line)).max().unwrap_or(0);
    let op = own().map(|row| display_width(&row.op)).max().unwrap_or(0);
    let what = own().map(|row| display_width(&row.what)).max().unwrap_or(0);
    let heading = display_width(&names.spawned(thread));
    Column {
        thread,
        start: 0,
        width: (before_op(line) + op + 2 + what).max(heading).max(NARROWEST),
        line,
        op,
    }
}

/// Whether the test does something between what other threads do.
fn interleaves(rows: &[&Row]) -> bool {
    let first = rows.iter().position(|row| row.thread != TEST);
    let last = rows.iter().rposition(|row| row.thread != TEST);
    let (Some(first), Some(last)) = (first, last) else {
        return true;
    };
    rows[first..=last].iter().any(|row| row.thread == TEST)
}

fn total(columns: &[Column]) -> usize {
    let widths: usize = columns.iter().map(|column| column.width).sum();
    widths + BETWEEN * columns.len().saturating_sub(1)
}

/// Narrows the widest columns until all fit; `None` when one would be too narrow then, or there are none.
fn narrow(columns: &mut [Column], room: usize) -> Option<()> {
    let narrowest = |column: &Column| NARROWEST.max(before_op(column.line) + column.op + 2 + NARROWEST_WHAT);
    while total(columns) > room {
        let wide = columns
            .iter_mut()
            .filter(|column| column.width > narrowest(column));
        wide.max_by_key(|column| column.width)?.width -= 1;
    }
    (!columns.is_empty()).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn narrowed(widths: &[usize], room: usize) -> Option<Vec<usize>> {
        let column = |width: &usize| Column {
            thread: 1,
            start: 0,
            width: *width,
            line: 2,
            op: 4,
        };
        let mut columns: Vec<_> = widths.iter().map(column).collect();
        narrow(&mut columns, room)?;
        Some(columns.iter().map(|column| column.width).collect())
    }

    #[test]
    fn columns_that_fit_keep_their_width() {
        assert_eq!(narrowed(&[30, 25], 60), Some(vec![30, 25]));
    }

    #[test]
    fn the_widest_column_gives_way_first() {
        assert_eq!(narrowed(&[40, 25], 60), Some(vec![32, 25]));
        assert_eq!(narrowed(&[22, 80, 22], 72), Some(vec![22, 22, 22]));
    }

    #[test]
    fn columns_that_nobody_could_read_are_refused() {
        assert_eq!(narrowed(&[30, 30, 30], 60), None);
        assert_eq!(narrowed(&[], 60), None);
    }
}
