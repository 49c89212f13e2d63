//! A line of the screen in pieces, each with its meaning.

use ratatui_core::{
    style::{Color, Modifier, Style as Look},
    text::{Line, Span},
};
use textwrap::core::display_width;

use crate::{page::cut, style::Tone};

/// A line in pieces. All text in it is clean already.
#[derive(Clone, Debug, Default)]
pub(super) struct Painted {
    pieces: Vec<(Tone, String)>,
}

impl Painted {
    pub(super) fn of(tone: Tone, text: impl Into<String>) -> Painted {
        Painted::default().and(tone, text)
    }

    /// With a piece more.
    pub(super) fn and(mut self, tone: Tone, text: impl Into<String>) -> Painted {
        self.pieces.push((tone, text.into()));
        self
    }

    /// With all pieces of another line.
    pub(super) fn and_all(mut self, other: Painted) -> Painted {
        self.pieces.extend(other.pieces);
        self
    }

    /// With a sentence of ours, in which `` `code` `` is set off: by its colour, or by the backticks.
    pub(super) fn and_say(mut self, tone: Tone, sentence: &str, colour: bool) -> Painted {
        if !colour {
            return self.and(tone, sentence);
        }
        for (at, piece) in sentence.split('`').enumerate() {
            let tone = if at % 2 == 0 { tone } else { Tone::Code };
            self.pieces.push((tone, piece.to_owned()));
        }
        self
    }

    /// With spaces up to a column.
    pub(super) fn to(self, column: usize) -> Painted {
        let missing = column.saturating_sub(self.width());
        self.and(Tone::Text, " ".repeat(missing))
    }

    pub(super) fn width(&self) -> usize {
        self.pieces.iter().map(|(_, text)| display_width(text)).sum()
    }

    /// All of it in one tone.
    pub(super) fn all(mut self, tone: Tone) -> Painted {
        for (own, _) in &mut self.pieces {
            *own = tone;
        }
        self
    }

    /// As a line of a terminal, which is cut where it is too long, and says so.
    pub(super) fn line(self, width: usize, colour: bool) -> Line<'static> {
        let over = self.width() > width;
        let mut left = width;
        let mut spans = Vec::new();
        for (tone, text) in self.pieces {
            let wide = display_width(&text);
            let look = if colour { look(tone) } else { Look::new() };
            if over && wide >= left {
                // What follows is cut off as well, so the sign is due even where this piece alone would fit.
                spans.push(Span::styled(cut(&format!("{text}  "), left), look));
                break;
            }
            left -= wide;
            spans.push(Span::styled(text, look));
        }
        Line::from(spans)
    }
}

/// The look of a tone on a terminal: the same as on the other screens.
fn look(tone: Tone) -> Look {
    match tone {
        Tone::Text => Look::new(),
        Tone::Good => Look::new().fg(Color::Green),
        Tone::Bad => Look::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        Tone::Warning => Look::new().fg(Color::Yellow),
        Tone::Faint => Look::new().add_modifier(Modifier::DIM),
        Tone::Heading => Look::new().add_modifier(Modifier::BOLD),
        Tone::Code => Look::new().fg(Color::Cyan),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_to(width: usize) -> String {
        let painted = Painted::of(Tone::Code, "one").and(Tone::Text, " two");
        painted.line(width, true).to_string()
    }

    #[test]
    fn a_line_that_is_cut_says_so() {
        let cut: Vec<String> = [7, 6, 4, 3, 2, 1].map(cut_to).into();
        assert_eq!(cut, ["one two", "one t…", "one…", "on…", "o…", "…"]);
    }

    #[test]
    fn code_is_set_off_by_colour_or_by_backticks() {
        let said = |colour| {
            Painted::default()
                .and_say(Tone::Text, "holds `a`", colour)
                .line(20, colour)
        };
        assert_eq!(said(false).to_string(), "holds `a`");
        assert_eq!(said(true).to_string(), "holds a");
        assert_eq!(said(true).spans[1].style, look(Tone::Code));
        assert!(said(false).spans.iter().all(|span| span.style == Look::new()));
    }
}
