//! What the keys of a watch do.

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};

/// What an event asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// The task, or the next exercise.
    Next,
    Hint,
    List,
    /// A check, whether anything has changed or not.
    Check,
    /// Back to the last answer.
    Answer,
    Scroll(Scroll),
    Quit,
    /// To draw the same again: the terminal has another size.
    Again,
    Nothing,
}

/// Where to go on a page that is longer than the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scroll {
    Line(isize),
    /// So many screens.
    Page(isize),
    Top,
    Bottom,
}

/// What is wished for with this event.
pub(super) fn wish(event: &Event) -> Wish {
    let key = match event {
        Event::Resize(..) => return Wish::Again,
        Event::Key(key) if key.kind != KeyEventKind::Release => key,
        _ => return Wish::Nothing,
    };
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c' | 'd') => Wish::Quit,
            KeyCode::Char('l') => Wish::Again,
            _ => Wish::Nothing,
        };
    }
    match key.code {
        KeyCode::Char('n') => Wish::Next,
        KeyCode::Char('h') => Wish::Hint,
        KeyCode::Char('l') => Wish::List,
        KeyCode::Enter | KeyCode::Char('c' | 'r') => Wish::Check,
        KeyCode::Esc | KeyCode::Char('a') => Wish::Answer,
        KeyCode::Down | KeyCode::Char('j') => Wish::Scroll(Scroll::Line(1)),
        KeyCode::Up | KeyCode::Char('k') => Wish::Scroll(Scroll::Line(-1)),
        KeyCode::PageDown | KeyCode::Char(' ') => Wish::Scroll(Scroll::Page(1)),
        KeyCode::PageUp | KeyCode::Char('b') => Wish::Scroll(Scroll::Page(-1)),
        KeyCode::Home | KeyCode::Char('g') => Wish::Scroll(Scroll::Top),
        KeyCode::End | KeyCode::Char('G') => Wish::Scroll(Scroll::Bottom),
        KeyCode::Char('q' | 'Q') => Wish::Quit,
        _ => Wish::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEvent;

    use super::*;

    fn of(code: KeyCode, modifiers: KeyModifiers) -> Wish {
        wish(&Event::Key(KeyEvent::new(code, modifiers)))
    }

    #[test]
    fn every_key_does_what_the_last_line_says() {
        for (key, wish) in [
            ('n', Wish::Next),
            ('h', Wish::Hint),
            ('l', Wish::List),
            ('q', Wish::Quit),
            ('j', Wish::Scroll(Scroll::Line(1))),
            ('k', Wish::Scroll(Scroll::Line(-1))),
        ] {
            assert_eq!(of(KeyCode::Char(key), KeyModifiers::NONE), wish, "{key}");
        }
        assert_eq!(of(KeyCode::Enter, KeyModifiers::NONE), Wish::Check);
        assert_eq!(of(KeyCode::Esc, KeyModifiers::NONE), Wish::Answer);
        for key in ['c', 'd'] {
            assert_eq!(of(KeyCode::Char(key), KeyModifiers::CONTROL), Wish::Quit);
        }
        assert_eq!(wish(&Event::Resize(80, 24)), Wish::Again);
    }
}
