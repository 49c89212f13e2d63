//! How a screen is painted: its width, and a few colours that each mean one thing.

use anstyle::AnsiColor;

/// What the place of output can show. A function of this crate looks at nothing else: not at the
/// environment, not at a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The columns of a line.
    pub width: usize,
    /// Whether ANSI colours are written.
    pub colour: bool,
}

impl Style {
    /// Nothing but text, `width` columns wide: for a pipe or a file.
    pub const fn plain(width: usize) -> Style {
        Style { width, colour: false }
    }

    /// The text in the colour of its meaning, or as it is where there are no colours.
    pub(crate) fn paint(&self, tone: Tone, text: &str) -> String {
        self.paint_as(tone.style(), text)
    }

    /// The same for a style that is put together, such as bold and italic.
    pub(crate) fn paint_as(&self, style: anstyle::Style, text: &str) -> String {
        if !self.colour || text.is_empty() || style == anstyle::Style::new() {
            return text.to_owned();
        }
        format!("{style}{text}{style:#}")
    }
}

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Ordinary text.
    Text,
    /// It passed, it is done, it works.
    Good,
    /// It failed.
    Bad,
    /// It may matter.
    Warning,
    /// Of lesser weight: frames, line numbers, what a program printed.
    Faint,
    /// A heading.
    Heading,
    /// Something to type or to click: a command, a path, a piece of code.
    Code,
}

impl Tone {
    pub(crate) fn style(self) -> anstyle::Style {
        let style = anstyle::Style::new();
        match self {
            Tone::Text => style,
            Tone::Good => style.fg_color(Some(AnsiColor::Green.into())),
            Tone::Bad => style.fg_color(Some(AnsiColor::Red.into())).bold(),
            Tone::Warning => style.fg_color(Some(AnsiColor::Yellow.into())),
            Tone::Faint => style.dimmed(),
            Tone::Heading => style.bold(),
            Tone::Code => style.fg_color(Some(AnsiColor::Cyan.into())),
        }
    }
}
