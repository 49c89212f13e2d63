//! A screen while it is put together, line by line. What is added must be clean already.

use textwrap::{WordSeparator, WordSplitter, WrapAlgorithm, core::display_width};
use unicode_width::UnicodeWidthChar;

use crate::style::{Style, Tone};

/// Text is not wrapped later than here: longer lines are hard to read, however wide the terminal is.
pub(crate) const WIDEST: usize = 100;

/// Code up to this width stays on one line, so that a command can be copied.
const WHOLE_CODE: usize = 48;

/// A space at which no line breaks, while text is wrapped; in the wrapped text it is a space.
const TIE: char = '\u{a0}';

/// The narrowest room that text is wrapped into; in a narrower terminal lines simply run on.
const NARROWEST: usize = 8;

/// The text of a screen so far.
pub(crate) struct Page {
    text: String,
    style: Style,
}

impl Page {
    pub(crate) fn new(style: &Style) -> Page {
        Page {
            text: String::new(),
            style: *style,
        }
    }

    pub(crate) fn style(&self) -> Style {
        self.style
    }

    /// The columns that are left beside an indent.
    pub(crate) fn room(&self, indent: usize) -> usize {
        self.style.width.saturating_sub(indent).max(NARROWEST)
    }

    /// The columns that are left for text to read.
    pub(crate) fn text_room(&self, indent: usize) -> usize {
        self.room(indent)
            .min(WIDEST.saturating_sub(indent).max(NARROWEST))
    }

    /// An empty line, unless there is one already or nothing stands above.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A line as it is.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref().trim_end());
        self.text.push('\n');
    }

    /// Text that is wrapped, each of its lines on its own, behind an indent.
    pub(crate) fn text(&mut self, indent: usize, tone: Tone, text: &str) {
        for row in wrap(text, self.text_room(indent)) {
            let row = self.style.paint(tone, &row);
            self.line(format!("{:indent$}{row}", ""));
        }
    }

    /// A sentence of our own, in which `` `code` `` is set off.
    pub(crate) fn say(&mut self, indent: usize, sentence: &str) {
        let sentence = self.set_code(sentence);
        for row in wrap(&sentence, self.text_room(indent)) {
            self.line(format!("{:indent$}{row}", ""));
        }
    }

    /// A label in a column of its own, with a sentence of ours beside it.
    pub(crate) fn say_beside(&mut self, indent: usize, label: &str, column: usize, sentence: &str) {
        let sentence = self.set_code(sentence);
        let start = indent + column;
        let mut label = format!("{:indent$}{}", "", fill(label, column));
        for row in wrap(&sentence, self.text_room(start)) {
            self.line(format!("{label}{row}"));
            label = " ".repeat(start);
        }
    }

    /// Sets off what stands in backticks.
    fn set_code(&self, sentence: &str) -> String {
        let pieces = sentence.split('`').enumerate();
        let set = pieces.map(|(at, piece)| match at % 2 {
            0 => piece.to_owned(),
            _ => code(piece, &self.style),
        });
        set.collect()
    }

    /// Something at the left edge of the screen and something at the right one; below each other where
    /// they do not fit side by side.
    pub(crate) fn edges(&mut self, left: &str, right: &str) {
        let used = display_width(left) + display_width(right);
        if used + 2 <= self.style.width {
            let between = self.style.width - used;
            self.line(format!("{left}{:between$}{right}", ""));
            return;
        }
        for row in wrap_words(left, self.room(0), BreakWords::No) {
            self.line(row);
        }
        for row in wrap_words(right, self.room(0), BreakWords::No) {
            let before = self.style.width.saturating_sub(display_width(&row));
            self.line(format!("{:before$}{row}", ""));
        }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// A sentence in which no line breaks within short `` `code` ``, however it is wrapped.
pub(crate) fn tied(sentence: &str) -> String {
    Page::new(&Style::plain(0)).set_code(sentence)
}

/// A piece of code within text that is yet to be wrapped: in its colour, or in backticks where there are none.
pub(crate) fn code(code: &str, style: &Style) -> String {
    let code = match display_width(code) <= WHOLE_CODE {
        true => code.replace(' ', &TIE.to_string()),
        false => code.to_owned(),
    };
    match style.colour {
        true => by_word(&code, |word| style.paint(Tone::Code, word)),
        false => format!("`{code}`"),
    }
}

/// Wraps each line of the text to the width. Words break at spaces only, so that names, paths and commands
/// stay whole where they can; a word that is longer than a line is broken. A line keeps its indent.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_words(text, width, BreakWords::Yes)
}

/// Whether a word that is longer than a line is broken. A path that is to be clicked is not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BreakWords {
    Yes,
    No,
}

fn wrap_words(text: &str, width: usize, break_words: BreakWords) -> Vec<String> {
    let mut rows = Vec::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let indent = " ".repeat(indent.min(width / 2));
        let options = textwrap::Options::new(width)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .wrap_algorithm(WrapAlgorithm::FirstFit)
            .break_words(break_words == BreakWords::Yes)
            .initial_indent(&indent)
            .subsequent_indent(&indent);
        let wrapped = textwrap::wrap(line.trim_start_matches(' '), options);
        rows.extend(wrapped.iter().map(|row| row.trim_end().replace(TIE, " ")));
    }
    rows
}

/// The line, cut to the width; a cut line ends in `…`. For text without colours.
pub(crate) fn cut(line: &str, width: usize) -> String {
    if display_width(line) <= width {
        return line.to_owned();
    }
    let room = width.saturating_sub(1);
    let mut used = 0;
    let kept = line.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= room
    });
    let mut kept: String = kept.collect();
    kept.push('…');
    kept
}

/// The text with spaces behind it, so that it is at least `width` columns wide, colours not counted.
pub(crate) fn fill(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));
    format!("{text}{:missing$}", "")
}

/// Changes each word and leaves the spaces: so a line that is wrapped later never begins inside a colour.
pub(crate) fn by_word(text: &str, change: impl Fn(&str) -> String) -> String {
    let words = text.split(' ').map(|word| match word {
        "" => String::new(),
        word => change(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `1 hint`, `3 hints`: a number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {}", plural(number, noun))
}

/// The noun for a number of things: with an `s` unless it is one.
pub(crate) fn plural(number: usize, noun: &str) -> String {
    match number {
        1 => noun.to_owned(),
        _ => format!("{noun}s"),
    }
}

/// `1,234`: a number as people read it.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_line_keeps_its_indent() {
        assert_eq!(wrap("  left: one two", 10), ["  left:", "  one two"]);
        assert_eq!(wrap("one\n\ntwo", 10), ["one", "", "two"]);
    }

    #[test]
    fn commands_and_paths_are_not_broken_at_hyphens() {
        assert_eq!(wrap("kata hint spawn-join", 14), ["kata hint", "spawn-join"]);
    }

    #[test]
    fn a_command_stays_on_one_line() {
        let mut page = Page::new(&Style::plain(24));
        page.say(0, "Say `kata hint gather` for more.");
        assert_eq!(page.finish(), "Say `kata hint gather`\nfor more.\n");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn what_does_not_fit_is_cut_and_says_so() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdefg", 6), "abcde…");
        assert_eq!(cut("漢字漢字", 6), "漢字…");
        assert_eq!(cut("abc", 0), "…");
    }

    #[test]
    fn edges_meet_the_width_or_stand_below_each_other() {
        let mut page = Page::new(&Style::plain(20));
        page.edges("left", "right");
        page.edges("a longer left side", "right");
        assert_eq!(
            page.finish(),
            "left           right\na longer left side\n               right\n"
        );
    }

    #[test]
    fn a_gap_is_one_empty_line() {
        let mut page = Page::new(&Style::plain(20));
        page.gap();
        page.line("a");
        page.gap();
        page.gap();
        page.line("b");
        assert_eq!(page.finish(), "a\n\nb\n");
    }
}
