//! The lines of the source around the place of a step.

use kata_protocol::Location;
use kata_untrusted::clean_line;

use unicode_width::UnicodeWidthChar;

use crate::{
    page::cut,
    screen::{Sources, source::column},
};

/// Lines of a source, with the one that is meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// Each with its number, cleaned.
    pub(super) lines: Vec<(usize, String)>,
    /// The number of the line that is meant.
    pub(super) at: usize,
    /// How many columns of the screen are before the place in it.
    pub(super) before: usize,
}

impl Excerpt {
    /// The columns that the widest line number takes.
    pub(super) fn digits(&self) -> usize {
        let digits = self.lines.iter().map(|(number, _)| number.to_string().len());
        digits.max().unwrap_or(1)
    }

    /// The same with no more columns than there is room for, moved so that the place is among them.
    pub(super) fn fitted(mut self, room: usize) -> Excerpt {
        let by = match self.before < room {
            true => 0,
            false => self.before - room / 2,
        };
        for (_, line) in &mut self.lines {
            *line = cut(&without(line, by), room);
        }
        self.before -= by;
        self
    }
}

/// A line without its first columns, which is told by a sign.
fn without(line: &str, columns: usize) -> String {
    if columns == 0 {
        return line.to_owned();
    }
    let mut gone = 0;
    let rest = line.trim_end().chars().skip_while(|c| {
        let skips = gone <= columns;
        gone += c.width().unwrap_or(0);
        skips
    });
    let rest: String = rest.collect();
    match rest.is_empty() {
        true => rest,
        false => format!("…{rest}"),
    }
}

/// So many lines around a place; `None` where the source, or the line in it, is not known.
pub(super) fn around(location: &Location, lines: usize, sources: &Sources<'_>) -> Option<Excerpt> {
    let text = sources(&location.file)?;
    let all: Vec<&str> = text.lines().collect();
    let at = (location.line as usize).checked_sub(1)?;
    let line = all.get(at)?;
    let last = all.len().saturating_sub(lines);
    let first = at.saturating_sub(lines.saturating_sub(1) / 2).min(last);
    let shown = all.iter().enumerate().skip(first).take(lines.max(1));
    Some(Excerpt {
        lines: shown
            .map(|(at, line)| (at + 1, clean_line(line).into_owned()))
            .collect(),
        at: at + 1,
        before: column(line, location.column),
    })
}

/// The line of a place, without its indent.
pub(super) fn line(location: &Location, sources: &Sources<'_>) -> Option<String> {
    let excerpt = around(location, 1, sources)?;
    let (_, line) = excerpt.lines.into_iter().next()?;
    Some(line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, lines: usize) -> Option<Vec<usize>> {
        let location = Location {
            file: "lib.rs".to_owned(),
            line,
            column: 3,
        };
        let text = |_: &str| Some("one\n  two\nthree\nfour\nfive\n".to_owned());
        let excerpt = around(&location, lines, &text)?;
        assert!(excerpt.lines.iter().any(|(number, _)| *number == excerpt.at));
        Some(excerpt.lines.iter().map(|(number, _)| *number).collect())
    }

    #[test]
    fn the_place_is_in_the_middle_unless_the_file_ends() {
        assert_eq!(at(3, 3), Some(vec![2, 3, 4]));
        assert_eq!(at(3, 4), Some(vec![2, 3, 4, 5]));
        assert_eq!(at(1, 3), Some(vec![1, 2, 3]));
        assert_eq!(at(5, 3), Some(vec![3, 4, 5]));
        assert_eq!(at(5, 100), Some(vec![1, 2, 3, 4, 5]));
        assert_eq!(at(2, 0), Some(vec![2]));
    }

    #[test]
    fn a_place_far_to_the_right_is_shown() {
        let line = format!("{}here(there)", "x".repeat(50));
        let excerpt = Excerpt {
            lines: vec![(1, line), (2, "short".to_owned())],
            at: 1,
            before: 50,
        };
        let fitted = excerpt.fitted(20);
        assert_eq!(fitted.before, 10);
        assert_eq!(fitted.lines[0].1, "…xxxxxxxxxhere(ther…");
        assert_eq!(fitted.lines[1].1, "");
    }

    #[test]
    fn a_line_that_is_not_there_is_not_shown() {
        assert_eq!(at(0, 3), None);
        assert_eq!(at(6, 3), None);
        assert_eq!(at(u32::MAX, 3), None);
    }
}
