//! What the keys of a replay do.

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use kata_report::replay::Place;

/// So many steps at once, where one goes by the page.
const PAGE: usize = 10;

/// What an event asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Forwards(usize),
    Back(usize),
    First,
    End,
    Help,
    Quit,
    /// To draw the same again: the terminal has another size.
    Again,
    Nothing,
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
        KeyCode::Right | KeyCode::Down | KeyCode::Enter | KeyCode::Char('l' | 'j' | 'n' | ' ') => {
            Wish::Forwards(1)
        }
        KeyCode::Left | KeyCode::Up | KeyCode::Backspace | KeyCode::Char('h' | 'k' | 'p') => Wish::Back(1),
        KeyCode::PageDown => Wish::Forwards(PAGE),
        KeyCode::PageUp => Wish::Back(PAGE),
        KeyCode::Home | KeyCode::Char('g') => Wish::First,
        KeyCode::End | KeyCode::Char('G') => Wish::End,
        KeyCode::Char('?') => Wish::Help,
        KeyCode::Esc | KeyCode::Char('q' | 'Q') => Wish::Quit,
        _ => Wish::Nothing,
    }
}

/// Where a wish leads to, on a walk of so many steps.
pub(super) fn follow(wish: Wish, place: Place, steps: usize) -> Place {
    match wish {
        Wish::Forwards(by) => place.forwards(by),
        Wish::Back(by) => place.back(by),
        Wish::First => Place::first(steps),
        Wish::End => Place::end(steps),
        Wish::Help | Wish::Quit | Wish::Again | Wish::Nothing => place,
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
    fn every_key_of_the_help_does_what_it_says() {
        for (keys, wish) in [
            ("lnj ", Wish::Forwards(1)),
            ("hpk", Wish::Back(1)),
            ("g", Wish::First),
            ("?", Wish::Help),
            ("q", Wish::Quit),
        ] {
            for key in keys.chars() {
                assert_eq!(of(KeyCode::Char(key), KeyModifiers::NONE), wish, "{key}");
            }
        }
        for (key, wish) in [
            (KeyCode::Right, Wish::Forwards(1)),
            (KeyCode::Down, Wish::Forwards(1)),
            (KeyCode::Enter, Wish::Forwards(1)),
            (KeyCode::Left, Wish::Back(1)),
            (KeyCode::Up, Wish::Back(1)),
            (KeyCode::Backspace, Wish::Back(1)),
            (KeyCode::PageDown, Wish::Forwards(10)),
            (KeyCode::PageUp, Wish::Back(10)),
            (KeyCode::Home, Wish::First),
            (KeyCode::End, Wish::End),
            (KeyCode::Esc, Wish::Quit),
        ] {
            assert_eq!(of(key, KeyModifiers::NONE), wish, "{key:?}");
        }
        assert_eq!(of(KeyCode::Char('G'), KeyModifiers::SHIFT), Wish::End);
        assert_eq!(of(KeyCode::Char('c'), KeyModifiers::CONTROL), Wish::Quit);
        assert_eq!(of(KeyCode::Char('c'), KeyModifiers::NONE), Wish::Nothing);
        assert_eq!(wish(&Event::Resize(80, 24)), Wish::Again);
    }

    #[test]
    fn wishes_lead_along_the_walk() {
        let start = Place::first(20);
        assert_eq!(follow(Wish::End, start, 20), Place::end(20));
        assert_eq!(follow(Wish::First, Place::end(20), 20), start);
        assert_eq!(follow(Wish::Forwards(10), start, 20), start.forwards(10));
        assert_eq!(follow(Wish::Help, start, 20), start);
    }
}
