//! Text that comes from a submission, made safe to show.
//!
//! A terminal obeys what it is sent: an escape sequence can repaint a verdict, a lone carriage return can
//! write over one, and a bidirectional override can make a line read as another
//! ([Trojan Source](https://trojansource.codes/), Boucher and Anderson, 2021). So nothing of a submission
//! reaches a screen or an export but through [`clean`] or [`clean_line`]. Whatever could act or hide is
//! replaced by something that is seen: hiding it would hide from learners what their program does.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Tab stops are this many columns apart.
const TAB: usize = 4;

/// How many marks may sit on one character; a pile of them would paint over the lines around it.
const MARKS: usize = 4;

/// The text with everything that a terminal could obey shown as a visible sign; its lines stay lines.
///
/// Escape and other control characters appear as their pictures (`␛`), characters that direct or hide text
/// as their number (`<U+202E>`), tabs as spaces, and `\r\n` as a line's end. Cleaning twice changes nothing.
///
/// ```
/// use kata_untrusted::clean;
///
/// assert_eq!(clean("\u{1b}[32mall passed\u{7}"), "␛[32mall passed␇");
/// assert_eq!(clean("a\u{202e}b\r\nc"), "a<U+202E>b\nc");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || is_harmless(c)) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = Cleaned::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => cleaned.end_line(),
            '\t' => cleaned.tab(),
            c => cleaned.push(c),
        }
    }
    Cow::Owned(cleaned.text)
}

/// The same for what must stay on one line, such as a name: the ends of lines are shown as `␊`.
///
/// ```
/// assert_eq!(kata_untrusted::clean_line("one\ntwo"), "one␊two");
/// ```
pub fn clean_line(text: &str) -> Cow<'_, str> {
    match clean(text) {
        text if text.contains('\n') => Cow::Owned(text.replace('\n', "␊")),
        text => text,
    }
}

/// Whether the character stands for itself wherever it is. Characters without a width do not: how many there
/// are in a row matters.
fn is_harmless(c: char) -> bool {
    matches!(c, ' '..='~') || (!c.is_control() && !is_hidden(c) && !is_variation(c) && !has_no_width(c))
}

fn has_no_width(c: char) -> bool {
    c.width() == Some(0)
}

/// Chooses between two pictures of the character before it. Of no use without that character, and of no
/// harm: it is left out.
fn is_variation(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
}

/// Characters that are invisible or direct the text around them: `Default_Ignorable_Code_Point` of the
/// Unicode Character Database, which contains all of `Bidi_Control`, without the variation selectors above;
/// then the line and paragraph separators, and the marks of interlinear annotation.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The cleaned text so far, with what the next character's fate depends on.
#[derive(Default)]
struct Cleaned {
    text: String,
    column: usize,
    marks: usize,
}

impl Cleaned {
    fn end_line(&mut self) {
        self.text.push('\n');
        self.column = 0;
        self.marks = 0;
    }

    fn tab(&mut self) {
        let spaces = TAB - self.column % TAB;
        self.text.extend(std::iter::repeat_n(' ', spaces));
        self.column += spaces;
        self.marks = 0;
    }

    fn push(&mut self, c: char) {
        match c {
            '\0'..='\u{1f}' => self.show(picture(c)),
            '\u{7f}' => self.show('␡'),
            c if c.is_control() || is_hidden(c) => {
                for c in format!("<U+{:04X}>", u32::from(c)).chars() {
                    self.show(c);
                }
            }
            c if is_variation(c) => {}
            c if has_no_width(c) => self.mark(c),
            c => self.show(c),
        }
    }

    fn show(&mut self, c: char) {
        self.text.push(c);
        self.column += c.width().unwrap_or(1);
        self.marks = 0;
    }

    fn mark(&mut self, c: char) {
        self.marks += 1;
        if self.marks <= MARKS {
            self.text.push(c);
        }
    }
}

/// The picture of a control character, from the block Control Pictures, which has them in the same order.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or('�')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_not_even_copied() {
        for text in ["", "expected 2, got 1\nat last", "größer · ✓ 漢字 שלום 🦀"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        let cases = [
            ("\u{1b}[2J\u{1b}[Hpass", "␛[2J␛[Hpass"),
            (
                "\u{1b}]8;;http://x\u{7}here\u{1b}]8;;\u{7}",
                "␛]8;;http://x␇here␛]8;;␇",
            ),
            ("\u{1b}]0;title\u{1b}\\", "␛]0;title␛\\"),
            ("0/6\r6/6", "0/6␍6/6"),
            ("0\u{8}6", "0␈6"),
            ("a\0b", "a␀b"),
            ("\u{b}\u{c}\u{e}\u{f}\u{7f}", "␋␌␎␏␡"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("\u{85}next line", "<U+0085>next line"),
            ("\u{90}q\u{9c}", "<U+0090>q<U+009C>"),
        ];
        for (raw, shown) in cases {
            assert_eq!(clean(raw), shown, "{raw:?}");
        }
    }

    #[test]
    fn what_turns_or_hides_text_is_shown() {
        let hidden = [
            '\u{ad}',
            '\u{61c}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2067}',
            '\u{2068}',
            '\u{2069}',
            '\u{3164}',
            '\u{feff}',
            '\u{e0041}',
        ];
        for c in hidden {
            let shown = format!("a<U+{:04X}>b", u32::from(c));
            assert_eq!(clean(&format!("a{c}b")), shown);
        }
    }

    #[test]
    fn nothing_that_acts_is_left_of_any_character() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b");
            let cleaned = clean(&text);
            assert!(
                !cleaned
                    .chars()
                    .any(|c| (c.is_control() && c != '\n') || is_hidden(c)),
                "{c:?} gives {cleaned:?}"
            );
            assert_eq!(clean(&cleaned), cleaned, "cleaning {c:?} twice changes it again");
        }
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(clean("a\r\nb\nc\r\n"), "a\nb\nc\n");
        assert_eq!(clean_line("a\r\nb\nc"), "a␊b␊c");
        assert_eq!(clean_line("plain"), "plain");
    }

    #[test]
    fn tabs_lead_to_the_next_stop() {
        assert_eq!(clean("\tx"), "    x");
        assert_eq!(clean("ab\tx\n\ty"), "ab  x\n    y");
        assert_eq!(clean("漢\tx"), "漢  x", "a wide character takes two columns");
    }

    #[test]
    fn marks_do_not_pile_up() {
        let pile = format!("a{}b", "\u{301}".repeat(1000));
        assert_eq!(clean(&pile), format!("a{}b", "\u{301}".repeat(MARKS)));
        assert_eq!(clean("e\u{301}te\u{301}"), "e\u{301}te\u{301}");
        assert_eq!(clean("❤\u{fe0f}"), "❤");
    }
}
