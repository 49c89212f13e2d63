//! Rules about single names: keywords, macros, attributes.

use proc_macro2::Delimiter;

use super::{
    breach::Breach,
    tokens::{TokenKind, Tokens},
};

/// Every use of a keyword.
pub(super) fn keyword(tokens: &Tokens, keyword: &'static str) -> Vec<Breach> {
    tokens
        .words()
        .filter(|(_, word)| *word == keyword)
        .filter_map(|(at, _)| Some(Breach::keyword(tokens.get(at)?, keyword)))
        .collect()
}

/// Every use of these macros, under another name too: a call, or the name at the end of a path.
pub(super) fn macros(tokens: &Tokens, names: &[&str]) -> Vec<Breach> {
    tokens
        .words()
        .filter(|(at, word)| {
            names.contains(word)
                && (tokens.punctuation(at + 1, "!")
                    || tokens.punctuation_before(*at, "::")
                    || in_use_group(tokens, *at))
        })
        .filter_map(|(at, name)| Some(Breach::reads_files(tokens.get(at)?, name)))
        .collect()
}

/// Whether the name stands in the braces of a `use`, as in `use std::{include_str as x}`.
fn in_use_group(tokens: &Tokens, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let opens = before.is_some_and(|token| {
        matches!(
            token.kind,
            TokenKind::Open(Delimiter::Brace) | TokenKind::Punctuation(',')
        )
    });
    let renamed = tokens.word(at + 1) == Some("as");
    opens && renamed
}

/// Every attribute that says where a module's file is.
pub(super) fn path_attributes(tokens: &Tokens) -> Vec<Breach> {
    tokens
        .words()
        .filter(|(at, word)| *word == "path" && tokens.punctuation(at + 1, "=") && in_attribute(tokens, *at))
        .filter_map(|(at, _)| Some(Breach::path_attribute(tokens.get(at)?)))
        .collect()
}

/// Whether the token at `at` stands in the brackets of an attribute, at any depth.
fn in_attribute(tokens: &Tokens, at: usize) -> bool {
    let mut closed = 0usize;
    for before in (0..at).rev() {
        match tokens.get(before).map(|token| &token.kind) {
            Some(TokenKind::Close(_)) => closed += 1,
            Some(TokenKind::Open(_)) if closed > 0 => closed -= 1,
            Some(TokenKind::Open(Delimiter::Bracket)) => {
                return tokens.punctuation_before(before, "#") || tokens.punctuation_before(before, "#!");
            }
            Some(TokenKind::Open(Delimiter::Brace)) | None => return false,
            _ => {}
        }
    }
    false
}
