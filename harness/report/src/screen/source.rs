//! The learner's lines around a location, with numbers and a caret.

use kata_protocol::Location;
use textwrap::core::display_width;

use super::Learner;
use kata_untrusted::clean_line;

use crate::{
    page::{Page, cut},
    style::Tone,
};

/// So many lines are shown above the line, and below it.
const AROUND: usize = 2;

/// Draws the lines around a location; nothing when the file, or the line in it, is not known.
pub(super) fn draw(page: &mut Page, indent: usize, location: &Location, learner: &Learner<'_>) {
    let Some(text) = learner.sources.and_then(|source| source(&location.file)) else {
        return;
    };
    let lines: Vec<&str> = text.lines().collect();
    let Some(at) = (location.line as usize)
        .checked_sub(1)
        .filter(|at| *at < lines.len())
    else {
        return;
    };
    let shown = at.saturating_sub(AROUND)..lines.len().min(at + AROUND + 1);
    let digits = shown.end.to_string().len();
    let room = page.room(indent + digits + 3);
    let style = page.style();
    let gutter = |label: &str| style.paint(Tone::Faint, &format!("{:indent$}{label:>digits$} │", ""));
    for (offset, line) in lines[shown.clone()].iter().enumerate() {
        let number = shown.start + offset + 1;
        page.line(format!(
            "{} {}",
            gutter(&number.to_string()),
            cut(&clean_line(line), room)
        ));
        if number == at + 1 {
            let before = column(line, location.column);
            if before < room {
                page.line(format!(
                    "{} {:before$}{}",
                    gutter(""),
                    "",
                    style.paint(Tone::Bad, "^")
                ));
            }
        }
    }
    page.gap();
}

/// How many columns of the screen are before a character of the line, which is counted from 1.
pub(crate) fn column(line: &str, character: u32) -> usize {
    let before: String = line.chars().take(character.saturating_sub(1) as usize).collect();
    display_width(&clean_line(&before))
}
