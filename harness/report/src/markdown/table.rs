//! A table, fitted to the width.

use pulldown_cmark::Alignment;
use textwrap::core::display_width;

use crate::{
    page::wrap,
    style::{Style, Tone},
};

/// Stands between two columns.
const BETWEEN: &str = " │ ";

/// A column does not get narrower than this to make room for others.
const NARROWEST: usize = 6;

/// A table, row by row; the first row is its head. Cells are painted already.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    rows: Vec<Vec<String>>,
    open: Vec<String>,
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Table {
        Table {
            alignments,
            rows: Vec::new(),
            open: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, cell: String) {
        self.open.push(cell);
    }

    pub(super) fn end_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.open));
    }

    /// The lines of the table, at most `room` columns wide where that is possible.
    pub(super) fn rows(&self, room: usize, style: &Style) -> Vec<String> {
        let widths = self.widths(room);
        let mut lines = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            lines.extend(self.row(row, &widths, style));
            if at == 0 {
                let rule: Vec<_> = widths.iter().map(|width| "─".repeat(*width)).collect();
                lines.push(style.paint(Tone::Faint, &rule.join("─┼─")));
            }
        }
        lines
    }

    /// The width of each column: that of its widest cell, and the widest columns give way first.
    fn widths(&self, room: usize) -> Vec<usize> {
        let mut widths = vec![0; self.alignments.len()];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(display_width(cell));
            }
        }
        let between = display_width(BETWEEN) * widths.len().saturating_sub(1);
        let room = room.saturating_sub(between);
        while widths.iter().sum::<usize>() > room {
            match widths.iter_mut().max() {
                Some(widest) if *widest > NARROWEST => *widest -= 1,
                _ => break,
            }
        }
        widths
    }

    fn row(&self, cells: &[String], widths: &[usize], style: &Style) -> Vec<String> {
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| wrap(cell, (*width).max(1)))
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let between = style.paint(Tone::Faint, BETWEEN);
        let line = |at: usize| {
            let columns = wrapped.iter().zip(widths).zip(&self.alignments);
            let cells = columns.map(|((rows, width), alignment)| {
                aligned(rows.get(at).map_or("", String::as_str), *width, *alignment)
            });
            cells.collect::<Vec<_>>().join(&between)
        };
        (0..height).map(line).collect()
    }
}

fn aligned(text: &str, width: usize, alignment: Alignment) -> String {
    let missing = width.saturating_sub(display_width(text));
    let before = match alignment {
        Alignment::Right => missing,
        Alignment::Center => missing / 2,
        Alignment::Left | Alignment::None => 0,
    };
    format!("{:before$}{text}{:2$}", "", "", missing - before)
}
