//! Rules about paths: a name is followed through the file's `use` declarations.
//!
//! Scopes are not looked at: an import anywhere in the file counts everywhere in it. So a forbidden thing cannot
//! be hidden by where it is imported.

use std::collections::BTreeMap;

use proc_macro2::Delimiter;
use syn::{ItemUse, UseTree};

use super::{
    breach::Breach,
    tokens::{TokenKind, Tokens},
};

/// How often a name that stands for a name is followed.
const LONGEST_CHAIN: usize = 8;

type Path = Vec<String>;

/// Every place where one of the forbidden paths is named.
pub(super) fn uses_of(tokens: &Tokens, forbidden: &[&str]) -> Vec<Breach> {
    if forbidden.is_empty() {
        return Vec::new();
    }
    let mut imports = Imports::default();
    let mut mentioned = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let declaration_ends = imports.read(tokens, at);
        at = match declaration_ends {
            Some(end) => end,
            None => mention(tokens, at, &mut mentioned),
        };
    }
    let mut breaches = Vec::new();
    for (path, token_at) in imports.declared.iter().chain(&mentioned) {
        let meant = imports.meanings(path);
        let rule = forbidden
            .iter()
            .find(|rule| meant.iter().any(|path| is_below(path, rule)));
        if let (Some(rule), Some(token)) = (rule, tokens.get(*token_at)) {
            breaches.push(Breach::forbidden_path(token, rule));
        }
    }
    breaches
}

/// Whether `path` is `rule` or something in it.
fn is_below(path: &[String], rule: &str) -> bool {
    let mut names = path.iter();
    rule.split("::")
        .all(|name| names.next().is_some_and(|given| given == name))
}

/// Notes the path that begins at `at`, if one does; returns the position behind it.
fn mention(tokens: &Tokens, at: usize, mentioned: &mut Vec<(Path, usize)>) -> usize {
    let Some(first) = tokens.word(at) else {
        return at + 1;
    };
    let mut path = vec![first.to_owned()];
    let mut last = at;
    while tokens.punctuation(last + 1, "::")
        && let Some(next) = tokens.word(last + 3)
    {
        path.push(next.to_owned());
        last += 3;
    }
    // A field, a method and the name in a definition are no paths.
    let defined = at > 0 && matches!(tokens.word(at - 1), Some("fn" | "mod" | "struct" | "as"));
    if !defined && !tokens.punctuation_before(at, ".") {
        mentioned.push((path, at));
    }
    last + 1
}

/// What the names of a file stand for.
#[derive(Default)]
struct Imports {
    names: BTreeMap<String, Vec<Path>>,
    globs: Vec<Path>,
    /// Every imported path, with the position of its `use`.
    declared: Vec<(Path, usize)>,
}

impl Imports {
    /// Reads the declaration that begins at `at`, if one does; returns the position behind it.
    fn read(&mut self, tokens: &Tokens, at: usize) -> Option<usize> {
        if !matches!(tokens.word(at), Some("use" | "extern")) {
            return None;
        }
        let end = (at..tokens.len()).find(|end| tokens.punctuation(*end, ";"))?;
        let text: String = (at..=end)
            .filter_map(|at| tokens.get(at))
            .map(|token| spelled(&token.kind))
            .collect();
        if let ["extern", "crate", name, "as", renamed, ";"] = text.split(' ').collect::<Vec<_>>()[..] {
            self.names
                .entry(renamed.to_owned())
                .or_default()
                .push(vec![name.to_owned()]);
            return Some(end + 1);
        }
        let declaration = syn::parse_str::<ItemUse>(&text).ok()?;
        self.add(&declaration.tree, Vec::new(), at);
        Some(end + 1)
    }

    fn add(&mut self, tree: &UseTree, mut prefix: Path, at: usize) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.add(&path.tree, prefix, at);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add(tree, prefix.clone(), at);
                }
            }
            UseTree::Glob(_) => {
                self.declared.push((prefix.clone(), at));
                self.globs.push(prefix);
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.name(prefix, &name, &name, at);
            }
            UseTree::Rename(renamed) => {
                self.name(
                    prefix,
                    &renamed.ident.to_string(),
                    &renamed.rename.to_string(),
                    at,
                );
            }
        }
    }

    fn name(&mut self, mut path: Path, name: &str, known_as: &str, at: usize) {
        let known_as = match (name, known_as, path.last()) {
            ("self", "self", Some(module)) => module.clone(),
            _ => known_as.to_owned(),
        };
        if name != "self" {
            path.push(name.to_owned());
        }
        self.declared.push((path.clone(), at));
        if path.as_slice() != [known_as.as_str()] {
            self.names.entry(known_as).or_default().push(path);
        }
    }

    /// Every full path that `path` may stand for.
    fn meanings(&self, path: &[String]) -> Vec<Path> {
        let local = path
            .iter()
            .take_while(|name| matches!(name.as_str(), "crate" | "self" | "super"))
            .count();
        let mut meanings = vec![path[local..].to_vec()];
        let mut from = 0;
        for _ in 0..LONGEST_CHAIN {
            let known = meanings.len();
            for at in from..known {
                for next in self.one_step(&meanings[at]) {
                    if !meanings.contains(&next) {
                        meanings.push(next);
                    }
                }
            }
            from = known;
        }
        meanings
    }

    fn one_step(&self, path: &[String]) -> Vec<Path> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        let named = self
            .names
            .get(first)
            .into_iter()
            .flatten()
            .map(|stands_for| [stands_for, rest].concat());
        let globbed = self
            .globs
            .iter()
            .filter(|glob| glob.first() != Some(first))
            .map(|glob| [glob, path].concat());
        named.chain(globbed).filter(|path| path.len() < 32).collect()
    }
}

/// A token as text. Only declarations of names are spelled, so other tokens do not matter.
fn spelled(kind: &TokenKind) -> String {
    match kind {
        TokenKind::Word(word) => format!("{word} "),
        TokenKind::Punctuation(mark) => mark.to_string(),
        TokenKind::Open(Delimiter::Brace) => "{".to_owned(),
        TokenKind::Close(Delimiter::Brace) => "}".to_owned(),
        TokenKind::Open(_) | TokenKind::Close(_) | TokenKind::Literal => "?".to_owned(),
    }
}
