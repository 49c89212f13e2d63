//! A file's tokens in one flat list, in the order of the text.

use std::ops::Range;

use proc_macro2::{Delimiter, LineColumn, Span, TokenStream, TokenTree, token_stream};

/// One token. Brackets are tokens of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Range<usize>,
    pub(crate) start: LineColumn,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A name or a keyword; `r#` is taken off.
    Word(String),
    Punctuation(char),
    Open(Delimiter),
    Close(Delimiter),
    Literal,
}

/// A file's tokens.
pub(crate) struct Tokens(Vec<Token>);

/// Where brackets nest too deeply.
#[derive(Debug)]
pub(crate) struct TooDeep(pub(crate) Token);

impl Tokens {
    /// Flattens a stream, without recursion.
    pub(crate) fn flatten(stream: TokenStream, deepest: usize) -> Result<Tokens, TooDeep> {
        let mut flat = Vec::new();
        let mut open: Vec<(token_stream::IntoIter, Token)> = Vec::new();
        let mut trees = stream.into_iter();
        loop {
            match trees.next() {
                Some(TokenTree::Group(group)) => {
                    let delimiter = group.delimiter();
                    let opening = token(TokenKind::Open(delimiter), group.span_open());
                    if open.len() == deepest {
                        return Err(TooDeep(opening));
                    }
                    flat.push(opening);
                    let closing = token(TokenKind::Close(delimiter), group.span_close());
                    let outer = std::mem::replace(&mut trees, group.stream().into_iter());
                    open.push((outer, closing));
                }
                Some(TokenTree::Ident(word)) => {
                    let text = word.to_string();
                    let text = text.strip_prefix("r#").unwrap_or(&text).to_owned();
                    flat.push(token(TokenKind::Word(text), word.span()));
                }
                Some(TokenTree::Punct(mark)) => {
                    flat.push(token(TokenKind::Punctuation(mark.as_char()), mark.span()));
                }
                Some(TokenTree::Literal(literal)) => flat.push(token(TokenKind::Literal, literal.span())),
                None => match open.pop() {
                    None => return Ok(Tokens(flat)),
                    Some((outer, closing)) => {
                        flat.push(closing);
                        trees = outer;
                    }
                },
            }
        }
    }

    /// The tokens without the modules that stand under `#[cfg(test)]`: submissions are not compiled for that.
    ///
    /// Only at the top of the file. What stands in brackets may be the input of a macro, which can take the
    /// attribute off.
    pub(crate) fn without_unit_tests(self) -> Tokens {
        let mut kept = Vec::new();
        let mut depth = 0usize;
        let mut at = 0;
        while let Some(token) = self.get(at) {
            if depth == 0
                && let Some(end) = self.unit_tests(at)
            {
                at = end;
                continue;
            }
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            kept.push(token.clone());
            at += 1;
        }
        Tokens(kept)
    }

    /// The position behind `#[cfg(test)] … mod NAME { … }`, if that begins at `at`.
    fn unit_tests(&self, at: usize) -> Option<usize> {
        let is = |at: usize, kind: TokenKind| self.get(at).is_some_and(|token| token.kind == kind);
        let marked = self.punctuation(at, "#")
            && is(at + 1, TokenKind::Open(Delimiter::Bracket))
            && self.word(at + 2) == Some("cfg")
            && is(at + 3, TokenKind::Open(Delimiter::Parenthesis))
            && self.word(at + 4) == Some("test")
            && is(at + 5, TokenKind::Close(Delimiter::Parenthesis))
            && is(at + 6, TokenKind::Close(Delimiter::Bracket));
        let mut next = marked.then_some(at + 7)?;
        while self.punctuation(next, "#") && is(next + 1, TokenKind::Open(Delimiter::Bracket)) {
            next = self.behind_group(next + 1)?;
        }
        if self.word(next) == Some("pub") {
            next += 1;
            if is(next, TokenKind::Open(Delimiter::Parenthesis)) {
                next = self.behind_group(next)?;
            }
        }
        let named = self.word(next) == Some("mod") && self.word(next + 1).is_some();
        let opens = named && is(next + 2, TokenKind::Open(Delimiter::Brace));
        if opens { self.behind_group(next + 2) } else { None }
    }

    /// The position behind the group that opens at `at`.
    fn behind_group(&self, at: usize) -> Option<usize> {
        let mut open = 0usize;
        for (offset, token) in self.0.get(at..)?.iter().enumerate() {
            match token.kind {
                TokenKind::Open(_) => open += 1,
                TokenKind::Close(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Some(at + offset + 1);
            }
        }
        None
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.0.get(at)
    }

    /// The name at `at`.
    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        match &self.get(at)?.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether the punctuation marks `marks` stand at `at`.
    pub(crate) fn punctuation(&self, at: usize, marks: &str) -> bool {
        marks.chars().enumerate().all(|(offset, mark)| {
            self.get(at + offset)
                .is_some_and(|token| token.kind == TokenKind::Punctuation(mark))
        })
    }

    /// Whether the punctuation marks `marks` stand just before `at`.
    pub(crate) fn punctuation_before(&self, at: usize, marks: &str) -> bool {
        at.checked_sub(marks.len())
            .is_some_and(|at| self.punctuation(at, marks))
    }

    /// Whether `::` stands at `at`, and not two colons that have nothing to do with each other, as in `name: ::std`.
    pub(crate) fn separator(&self, at: usize) -> bool {
        let spans = self.get(at).zip(self.get(at + 1));
        self.punctuation(at, "::") && spans.is_some_and(|(one, other)| one.span.end == other.span.start)
    }

    /// Whether `::` stands just before `at`.
    pub(crate) fn separator_before(&self, at: usize) -> bool {
        at.checked_sub(2).is_some_and(|at| self.separator(at))
    }

    /// The positions of all names.
    pub(crate) fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.len()).filter_map(|at| Some((at, self.word(at)?)))
    }
}

fn token(kind: TokenKind, span: Span) -> Token {
    Token {
        kind,
        span: span.byte_range(),
        start: span.start(),
    }
}
