//! Which words of a file name the crates `std` and `core`.
//!
//! Tokens tell, for a crate's name stands at the beginning of a path, in macro calls and the bodies of macros too. Where
//! they do not tell, that is said: a path that is taken for another one would have threads that nobody schedules.

use proc_macro2::Delimiter;

use crate::tokens::{TokenKind, Tokens};

/// The crates that the facade stands for.
const CRATES: [&str; 2] = ["std", "core"];

/// What may stand before a path that begins with `::`, though it is a word.
const KEYWORDS: [&str; 34] = [
    "as", "async", "await", "box", "break", "const", "continue", "dyn", "else", "enum", "extern", "false",
    "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return",
    "static", "struct", "trait", "true", "type", "unsafe", "where", "while",
];

/// What introduces the name of a module or a type, which can then begin a path.
const DEFINE: [&str; 6] = ["enum", "mod", "struct", "trait", "type", "union"];

/// The beginnings of paths into the crate itself.
const OWN: [&str; 3] = ["crate", "self", "super"];

/// A word, by its position, of which nobody can tell whether it names a crate.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclear(pub(super) usize);

/// Whether macros are defined.
pub(super) fn defines_macros(tokens: &Tokens) -> bool {
    tokens
        .words()
        .any(|(at, word)| word == "macro_rules" && tokens.punctuation(at + 1, "!"))
}

/// The positions of the words that name a crate, in order. `expands` says whether the crate has macros of its own.
pub(super) fn named_crates(tokens: &Tokens, expands: bool) -> Result<Vec<usize>, Unclear> {
    let mut found = Vec::new();
    // Whether each open bracket belongs to a macro, or lies in one that does.
    let mut brackets: Vec<bool> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            TokenKind::Open(_) => {
                let in_macro = brackets.last().copied().unwrap_or_default();
                brackets.push(in_macro || belongs_to_macro(tokens, at));
            }
            TokenKind::Close(_) => {
                brackets.pop();
            }
            // In a type, `use<'a>` says what is captured.
            TokenKind::Word(word) if word == "use" && !tokens.punctuation(at + 1, "<") => {
                at = declaration(tokens, at + 1, &mut found)?;
                continue;
            }
            TokenKind::Word(word) if is_crate(word) => {
                let in_macro = brackets.last().copied().unwrap_or_default();
                if names_crate(tokens, at, expands && in_macro)? {
                    found.push(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    Ok(found)
}

fn is_crate(word: &str) -> bool {
    CRATES.contains(&word)
}

/// Whether the bracket that opens at `at` is that of a macro's call or definition.
fn belongs_to_macro(tokens: &Tokens, at: usize) -> bool {
    let called = |at: usize| {
        let name = at.checked_sub(1).and_then(|name| tokens.word(name));
        tokens.punctuation(at, "!") && name.is_some_and(|name| !KEYWORDS.contains(&name))
    };
    let defined = at >= 3 && tokens.word(at - 1).is_some() && tokens.word(at - 3) == Some("macro_rules");
    at >= 1 && called(at - 1) || defined
}

/// Whether the word at `at`, which is not in a `use` declaration, names a crate.
fn names_crate(tokens: &Tokens, at: usize, may_be_made_a_path: bool) -> Result<bool, Unclear> {
    let before = at.checked_sub(1);
    let mark_before = |mark: &str| tokens.punctuation_before(at, mark);
    if let Some(word) = before.and_then(|before| tokens.word(before)) {
        let begins_path = tokens.separator(at + 1);
        match word {
            "crate" if at >= 2 && tokens.word(at - 2) == Some("extern") => return Ok(true),
            "as" if !begins_path => return Err(Unclear(at)),
            word if DEFINE.contains(&word) => return Err(Unclear(at)),
            _ => {}
        }
    }
    // A lifetime, or a variable of a macro.
    if mark_before("'") || mark_before("$") {
        return Ok(false);
    }
    let of_a_value = mark_before(".") && !mark_before("..");
    if tokens.separator_before(at) {
        return begins_behind_separator(tokens, at);
    }
    // A crate's path never goes on with type arguments.
    if tokens.separator(at + 1) {
        return Ok(!of_a_value && !tokens.punctuation(at + 3, "<"));
    }
    match may_be_made_a_path && !of_a_value && !tokens.punctuation(at + 1, "!") {
        true => Err(Unclear(at)),
        false => Ok(false),
    }
}

/// Whether the word at `at`, before which `::` stands, is the first of its path.
fn begins_behind_separator(tokens: &Tokens, at: usize) -> Result<bool, Unclear> {
    let goes_on = tokens.separator(at + 1) && !tokens.punctuation(at + 3, "<");
    let Some(word) = at.checked_sub(3).and_then(|before| tokens.word(before)) else {
        return Ok(goes_on);
    };
    let is_variable = tokens.punctuation_before(at - 3, "$") && word != "crate";
    if goes_on && (OWN.contains(&word) || is_variable) {
        return Err(Unclear(at));
    }
    Ok(goes_on && KEYWORDS.contains(&word))
}

/// Reads the declaration whose `use` stands just before `at`; returns the position behind it.
fn declaration(tokens: &Tokens, mut at: usize, found: &mut Vec<usize>) -> Result<usize, Unclear> {
    // Whether the paths of each open group begin there.
    let mut groups: Vec<bool> = Vec::new();
    let mut begins = true;
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            TokenKind::Word(word) if word == "as" => {
                at += 1;
                if tokens.word(at).is_some_and(is_crate) {
                    return Err(Unclear(at));
                }
                begins = false;
            }
            TokenKind::Word(word) => {
                if is_crate(word) && begins {
                    found.push(at);
                }
                let own = || at >= 3 && tokens.word(at - 3).is_some_and(|word| OWN.contains(&word));
                if is_crate(word) && !begins && tokens.separator_before(at) && own() {
                    return Err(Unclear(at));
                }
                begins = false;
            }
            TokenKind::Punctuation(';') if groups.is_empty() => return Ok(at + 1),
            TokenKind::Punctuation(',') => begins = groups.last().copied().unwrap_or(true),
            TokenKind::Punctuation(':' | '*') => {}
            TokenKind::Open(Delimiter::Brace) => groups.push(begins),
            TokenKind::Close(Delimiter::Brace) if !groups.is_empty() => {
                groups.pop();
                begins = false;
            }
            // No declaration goes on like this: it is a part of a macro.
            TokenKind::Open(_) | TokenKind::Close(_) => return Ok(at),
            TokenKind::Punctuation(_) | TokenKind::Literal => begins = false,
        }
        at += 1;
    }
    Ok(at)
}
