//! Rules about single names: keywords, macros, attributes.

use proc_macro2::Delimiter;

use super::breach::Breach;
use crate::tokens::{Token, TokenKind, Tokens};

/// Every use of a word that is a breach wherever it stands, but for a lifetime of that name: `'static` is no `static`.
pub(super) fn word(
    tokens: &Tokens,
    word: &'static str,
    breach: fn(&Token, &'static str) -> Breach,
) -> Vec<Breach> {
    tokens
        .words()
        .filter(|(at, other)| *other == word && !tokens.punctuation_before(*at, "'"))
        .filter_map(|(at, _)| Some(breach(tokens.get(at)?, word)))
        .collect()
}

/// Every use of these macros, under another name too: a call, or the name at the end of a path.
pub(super) fn macros(tokens: &Tokens, names: &[&str]) -> Vec<Breach> {
    tokens
        .words()
        .filter(|(at, word)| {
            names.contains(word)
                && (is_macro_call(tokens, *at) || ends_a_path(tokens, *at) || in_use_group(tokens, *at))
        })
        .filter_map(|(at, name)| Some(Breach::reads_files(tokens.get(at)?, name)))
        .collect()
}

/// Whether the name at `at` is followed by `!` and an opening bracket, as in `include!(…)` but not in
/// `include != x`.
fn is_macro_call(tokens: &Tokens, at: usize) -> bool {
    let opens = |token: &Token| matches!(token.kind, TokenKind::Open(_));
    tokens.punctuation(at + 1, "!") && tokens.get(at + 2).is_some_and(opens)
}

/// Whether the name at `at` ends a path, and is neither called nor defined there: macros are named by their path
/// only to be called, which is seen by the `!`, or imported. So `Set::include(7)` is none.
fn ends_a_path(tokens: &Tokens, at: usize) -> bool {
    let called = tokens
        .get(at + 1)
        .is_some_and(|next| next.kind == TokenKind::Open(Delimiter::Parenthesis));
    tokens.punctuation_before(at, "::") && !called
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

/// Every attribute that says where a module's file is: `path = …` in the brackets of an attribute, at any depth.
pub(super) fn path_attributes(tokens: &Tokens) -> Vec<Breach> {
    let mut breaches = Vec::new();
    // Whether each open bracket is one of an attribute, or lies in one.
    let mut open: Vec<bool> = Vec::new();
    for at in 0..tokens.len() {
        let Some(token) = tokens.get(at) else { break };
        let inside = open.last().copied().unwrap_or_default();
        match &token.kind {
            TokenKind::Open(Delimiter::Bracket) => {
                let begins = tokens.punctuation_before(at, "#") || tokens.punctuation_before(at, "#!");
                open.push(inside || begins);
            }
            TokenKind::Open(Delimiter::Brace) => open.push(false),
            TokenKind::Open(_) => open.push(inside),
            TokenKind::Close(_) => {
                open.pop();
            }
            TokenKind::Word(word) if inside && word == "path" && tokens.punctuation(at + 1, "=") => {
                breaches.push(Breach::path_attribute(token));
            }
            _ => {}
        }
    }
    breaches
}
