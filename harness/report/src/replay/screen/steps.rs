//! The list of the steps, with the one that was taken last.

use textwrap::core::display_width;

use super::{
    Screen,
    layout::Layout,
    painted::Painted,
    parts::{WIDEST, here, title, widest, window},
};
use crate::{
    page::cut,
    replay::{place::Place, story::Story},
    screen::trace::{names::Names, row::Row},
    style::Tone,
};

/// The steps around the current one, and the end.
pub(super) fn steps(screen: &Screen<'_>, place: Place, layout: &Layout) -> Vec<Painted> {
    let story = &screen.story;
    let title = title("steps", layout.titles, layout.steps.width);
    let fit = usize::from(layout.steps.height).saturating_sub(title.len());
    let before = story.before();
    let hidden = usize::from(before.is_some());
    let all = hidden + screen.rows.len() + 1;
    let current = place.at().map_or(all - 1, |at| hidden + at);
    let first = window(all, current, fit);
    let digits = screen.steps.digits;
    let lines = (first..all).take(fit).map(|at| {
        let mark = Painted::of(Tone::Text, here(at == current));
        let Some(at) = at.checked_sub(hidden) else {
            let sign = mark.and(Tone::Faint, format!("{:>digits$}  ", "⋮"));
            return sign.and(Tone::Faint, before.clone().unwrap_or_default());
        };
        let current = current - hidden;
        let (line, note) = match screen.rows.get(at) {
            Some(row) => (screen.steps.row(mark, row, story), row.note.as_ref()),
            None => {
                let sign = mark.and(Tone::Bad, format!("{:>digits$}", "✗"));
                (sign.and(Tone::Text, "  what went wrong"), None)
            }
        };
        let line = if at == current {
            line.all(Tone::Heading)
        } else {
            line
        };
        let note = note.map(|note| format!("   ← {note}"));
        line.and(Tone::Bad, note.unwrap_or_default())
    });
    title.into_iter().chain(lines).collect()
}

/// How wide the columns of the steps are.
pub(super) struct Columns {
    digits: usize,
    name: usize,
    line: usize,
    op: usize,
    what: usize,
}

impl Columns {
    pub(super) fn of(rows: &[Row], names: &Names<'_>) -> Columns {
        let number = rows.iter().filter_map(|row| row.number).max().unwrap_or(0);
        let name = rows.iter().map(|row| display_width(&names.thread(row.thread)));
        Columns {
            digits: number.to_string().len(),
            name: name.max().unwrap_or(0).min(WIDEST),
            line: widest(rows.iter().map(|row| &*row.line)),
            op: widest(rows.iter().map(|row| &*row.op)),
            what: widest(rows.iter().map(|row| &*row.what)),
        }
    }

    /// How wide they are together.
    pub(super) fn width(&self) -> u16 {
        let width = 2 + self.digits + 2 + self.name + 2 + self.line + 2 + self.op + 2 + self.what;
        u16::try_from(width).unwrap_or(u16::MAX)
    }

    fn row(&self, mark: Painted, row: &Row, story: &Story<'_>) -> Painted {
        let Columns {
            digits,
            name,
            line,
            op,
            ..
        } = *self;
        let number = row.number.unwrap_or_default();
        let done = 2 + digits + 2 + name + 2;
        mark.and(Tone::Faint, format!("{number:>digits$}  "))
            .and(Tone::Text, cut(&story.names.thread(row.thread), name))
            .to(done)
            .and(Tone::Faint, format!("{:>line$}  ", row.line))
            .and(Tone::Text, &row.op)
            .to(done + line + 2 + op + 2)
            .and(Tone::Text, &row.what)
    }
}
