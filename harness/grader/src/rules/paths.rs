//! Rules about paths: a name is followed through the file's `use` declarations.
//!
//! Scopes are not looked at: an import anywhere in the file counts everywhere in it. So a forbidden thing cannot
//! be hidden by where it is imported.
//!
//! What a name stands for is never spelled out, for with a few globs it could be a great many things. Only how far
//! into a forbidden path it leads is kept, so the work grows with the file and not with what could be made of it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Delimiter;
use syn::{ItemUse, UseTree};

use crate::tokens::{Token, TokenKind, Tokens};

/// How often the declarations of a file are gone through, each time with what is known by then. Names that are
/// declared before they are used need one time.
const ROUNDS: usize = 8;

/// How deeply paths and groups of one `use` may nest to be looked at: the parser recurses.
const DEEPEST_USE: usize = 128;

type Path = Vec<String>;

/// Every place where one of the forbidden paths is named, with that path.
pub(super) fn uses_of<'a, 'b>(tokens: &'a Tokens, forbidden: &[&'b str]) -> Vec<(&'a Token, &'b str)> {
    if forbidden.is_empty() {
        return Vec::new();
    }
    let bound = bound_names(tokens);
    let mut imports = Imports::default();
    let mut mentioned = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let declaration_ends = imports.read(tokens, at);
        at = match declaration_ends {
            Some(end) => end,
            None => mention(tokens, at, &bound, &mut mentioned),
        };
    }
    let rules: Vec<Vec<&str>> = forbidden.iter().map(|rule| rule.split("::").collect()).collect();
    let ways = Ways::of(&rules, &imports);
    let mut uses = Vec::new();
    for (path, token_at) in imports.declared.iter().chain(&mentioned) {
        if let (Some(rule), Some(token)) = (ways.forbidden(path), tokens.get(*token_at)) {
            uses.push((token, forbidden[rule]));
        }
    }
    uses
}

/// How far a path leads into a forbidden one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// Which of the rules.
    rule: usize,
    /// How many of its names lie behind.
    gone: usize,
}

/// What the names of a file lead to.
struct Ways<'a> {
    rules: &'a [Vec<&'a str>],
    names: BTreeMap<&'a str, BTreeSet<Way>>,
    globs: BTreeSet<Way>,
}

impl<'a> Ways<'a> {
    fn of(rules: &'a [Vec<&'a str>], imports: &'a Imports) -> Ways<'a> {
        let mut ways = Ways {
            rules,
            names: BTreeMap::new(),
            globs: BTreeSet::new(),
        };
        for _ in 0..ROUNDS {
            let mut news = false;
            for (name, path) in &imports.names {
                for way in ways.led_to(path) {
                    news |= ways.names.entry(name).or_default().insert(way);
                }
            }
            for path in &imports.globs {
                for way in ways.led_to(path) {
                    news |= ways.globs.insert(way);
                }
            }
            if !news {
                break;
            }
        }
        ways
    }

    /// The first rule that forbids `path`.
    fn forbidden(&self, path: &[String]) -> Option<usize> {
        let led_to = self.led_to(path);
        let arrived = |way: &&Way| way.gone == self.rules[way.rule].len();
        led_to.iter().find(arrived).map(|way| way.rule)
    }

    /// Where `path` leads to. What lies below a forbidden path is as forbidden.
    fn led_to(&self, path: &[String]) -> BTreeSet<Way> {
        let mut names = path
            .iter()
            .skip_while(|name| matches!(name.as_str(), "crate" | "self" | "super"));
        let Some(first) = names.next() else {
            return BTreeSet::new();
        };
        let roots = (0..self.rules.len()).map(|rule| Way { rule, gone: 0 });
        let mut ways: BTreeSet<Way> = roots
            .chain(self.globs.iter().copied())
            .filter_map(|way| self.step(way, first))
            .chain(self.names.get(first.as_str()).into_iter().flatten().copied())
            .collect();
        for name in names {
            if ways.is_empty() {
                break;
            }
            ways = ways.iter().filter_map(|way| self.step(*way, name)).collect();
        }
        ways
    }

    fn step(&self, way: Way, name: &str) -> Option<Way> {
        match self.rules[way.rule].get(way.gone) {
            None => Some(way),
            Some(next) => (*next == name).then_some(Way {
                gone: way.gone + 1,
                ..way
            }),
        }
    }
}

/// Notes the path that begins at `at`, if one does; returns the position behind it.
fn mention(tokens: &Tokens, at: usize, bound: &BTreeSet<&str>, mentioned: &mut Vec<(Path, usize)>) -> usize {
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
    // So is a variable's name, which a glob would otherwise take for something of its module's.
    let variable = path.len() == 1 && !is_called(tokens, at) && bound.contains(first);
    if !defined && !variable && !tokens.punctuation_before(at, ".") {
        mentioned.push((path, at));
    }
    last + 1
}

/// Whether the name at `at` is called.
fn is_called(tokens: &Tokens, at: usize) -> bool {
    tokens
        .get(at + 1)
        .is_some_and(|next| next.kind == TokenKind::Open(Delimiter::Parenthesis))
}

/// The names of the file's variables: `let name`, `mut name`, `name: Type`, `|name|`.
fn bound_names(tokens: &Tokens) -> BTreeSet<&str> {
    let is_bound = |at: usize| {
        let introduced = at > 0 && matches!(tokens.word(at - 1), Some("let" | "mut" | "ref"));
        let typed = tokens.punctuation(at + 1, ":") && !tokens.punctuation(at + 1, "::");
        let of_a_closure = tokens.punctuation_before(at, "|") && tokens.punctuation(at + 1, "|");
        introduced || typed || of_a_closure
    };
    let words = tokens.words().filter(|(at, _)| is_bound(*at));
    words.map(|(_, word)| word).collect()
}

/// What a file declares by `use` and `extern crate`.
#[derive(Default)]
struct Imports {
    /// Names, each with a path that it stands for.
    names: Vec<(String, Path)>,
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
        let end = end_of_declaration(tokens, at)?;
        let text: String = (at..=end)
            .filter_map(|at| tokens.get(at))
            .map(|token| spelled(&token.kind))
            .collect();
        if let ["extern", "crate", name, "as", renamed, ";"] = text.split(' ').collect::<Vec<_>>()[..] {
            self.names.push((renamed.to_owned(), vec![name.to_owned()]));
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
            self.names.push((known_as, path));
        }
    }
}

/// The `;` of the declaration that begins at `at`; `None` where something stands before it that belongs to no
/// declaration of names, or where that nests too deeply for a parser.
fn end_of_declaration(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut depth = 0;
    let mut outer = Vec::new();
    for end in at + 1..tokens.len() {
        match &tokens.get(end)?.kind {
            TokenKind::Word(word) if matches!(word.as_str(), "use" | "extern") => return None,
            TokenKind::Word(_) | TokenKind::Punctuation('*') => {}
            TokenKind::Punctuation(';') => return Some(end),
            TokenKind::Punctuation(':') => depth += 1,
            TokenKind::Punctuation(',') => depth = outer.last().copied().unwrap_or_default(),
            TokenKind::Open(Delimiter::Brace) => {
                depth += 1;
                outer.push(depth);
            }
            TokenKind::Close(Delimiter::Brace) => depth = outer.pop()?,
            _ => return None,
        }
        // Two colons lead one step down.
        if depth > 2 * DEEPEST_USE {
            return None;
        }
    }
    None
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
