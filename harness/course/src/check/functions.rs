//! The functions of a `hidden.rs`, with their attributes and signatures.
//!
//! The text is cut into tokens, and what stands in the bodies is not looked at. A whole syntax tree takes five
//! times as long, for every file at every check, and its parser can be led to exhaust the stack; what is wrong in
//! a body is told by the compiler, and better.

use proc_macro2::{Delimiter, Group, LexError, TokenStream, TokenTree};

use crate::source_text::Span;

/// A function.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) name_span: Span,
    /// Whether `#[kata_test::test]` stands above it, or anything else whose last word is `test`.
    pub(super) is_test: bool,
    /// Whether that is `#[test]`, which is std's where nothing else of that name is imported: no test that kata runs.
    pub(super) is_of_std: bool,
    pub(super) is_async: bool,
    /// What stands between its parentheses.
    pub(super) arguments: Option<Span>,
    /// Whether it is not at the top level.
    pub(super) in_module: bool,
}

/// The text has no tokens of Rust, or none that make functions.
#[derive(Debug)]
pub(super) struct NotRust {
    pub(super) span: Span,
    pub(super) why: String,
}

/// The functions of a text, at its top level and in its modules, in their order.
pub(super) fn functions(text: &str) -> Result<Vec<Function>, NotRust> {
    let tokens: TokenStream = text.parse().map_err(|error: LexError| NotRust {
        span: error.span().byte_range().into(),
        why: "a bracket, a text or a comment is not closed as it was opened".to_owned(),
    })?;
    let mut functions = Vec::new();
    let mut test_is_imported = false;
    // Each with whether it is the content of a module; a stack of our own, since modules may nest.
    let mut open = vec![(tokens, false)];
    while let Some((tokens, in_module)) = open.pop() {
        for item in items(tokens)? {
            test_is_imported |= item.imports_test();
            functions.extend(item.function(in_module)?);
            open.extend(item.module().map(|content| (content, true)));
        }
    }
    functions.sort_by_key(|function| function.name_span.start);
    for function in &mut functions {
        function.is_of_std &= !test_is_imported;
    }
    Ok(functions)
}

/// One item: its attributes, and its other tokens up to the body or semicolon, included.
#[derive(Default)]
struct Item {
    attributes: Vec<TokenStream>,
    tokens: Vec<TokenTree>,
}

/// Cuts tokens into items. Each ends with a semicolon or with braces; only after these words not with braces:
/// `use a::{b, c};`, `const A: B = B {};`.
fn items(tokens: TokenStream) -> Result<Vec<Item>, NotRust> {
    let mut items = Vec::new();
    let mut item = Item::default();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if item.tokens.is_empty() && is_punctuation(&token, '#') {
            tokens.next_if(|token| is_punctuation(token, '!'));
            match tokens.next() {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
                    item.attributes.push(group.stream());
                }
                _ => return Err(not_rust(&token, "`[` expected after this")),
            }
            continue;
        }
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !item.ends_with_semicolon(),
            other => is_punctuation(other, ';'),
        };
        item.tokens.push(token);
        if ends {
            items.push(std::mem::take(&mut item));
        }
    }
    match item.tokens.first() {
        Some(first) => Err(not_rust(first, "an item that has no end")),
        None => Ok(items),
    }
}

impl Item {
    fn ends_with_semicolon(&self) -> bool {
        let is_function = self.position("fn").is_some();
        let word = |word: &str| self.position(word).is_some();
        !is_function && ["use", "const", "static", "type"].iter().any(|each| word(each))
    }

    /// Where a word stands among the item's own tokens.
    fn position(&self, word: &str) -> Option<usize> {
        self.tokens.iter().position(|token| is_word(token, word))
    }

    /// The item as a function; `None` when it is something else.
    fn function(&self, in_module: bool) -> Result<Option<Function>, NotRust> {
        let Some(keyword) = self
            .position("fn")
            .filter(|keyword| self.tokens[..*keyword].iter().all(is_qualifier))
        else {
            return Ok(None);
        };
        let after = &self.tokens[keyword + 1..];
        let Some(TokenTree::Ident(name)) = after.first() else {
            return Err(not_rust(&self.tokens[keyword], "a name expected after this"));
        };
        let arguments = parameters(after);
        let Some(arguments) = arguments else {
            return Err(not_rust(&after[0], "parentheses expected after this"));
        };
        Ok(Some(Function {
            name: name.to_string(),
            name_span: name.span().byte_range().into(),
            is_test: self.attributes.iter().any(is_test),
            is_of_std: {
                let mut tests = self
                    .attributes
                    .iter()
                    .filter(|attribute| is_test(attribute))
                    .peekable();
                tests.peek().is_some() && tests.all(is_bare)
            },
            is_async: self.tokens[..keyword].iter().any(|token| is_word(token, "async")),
            arguments: (!arguments.stream().is_empty()).then(|| arguments.span().byte_range().into()),
            in_module,
        }))
    }

    /// Whether it is a `use` of something that is called `test` afterwards.
    fn imports_test(&self) -> bool {
        let Some(keyword) = self.position("use") else {
            return false;
        };
        let mut open: Vec<TokenTree> = self.tokens[keyword..].to_vec();
        let mut words = Vec::new();
        while !open.is_empty() {
            let token = open.remove(0);
            match &token {
                TokenTree::Group(group) => open.splice(0..0, group.stream()).for_each(drop),
                _ => words.push(token),
            }
        }
        // `test::` is a way to something else, and `test as` another name for it.
        let goes_on = |after: Option<&TokenTree>| {
            after.is_some_and(|token| is_punctuation(token, ':') || is_word(token, "as"))
        };
        (0..words.len()).any(|at| is_word(&words[at], "test") && !goes_on(words.get(at + 1)))
    }

    /// What is in the item when it is a module.
    fn module(&self) -> Option<TokenStream> {
        let keyword = self.position("mod")?;
        match (&self.tokens[..keyword], self.tokens.last()) {
            (before, Some(TokenTree::Group(body))) if before.iter().all(is_qualifier) => Some(body.stream()),
            _ => None,
        }
    }
}

/// The parentheses of a signature, behind its generics, which may hold parentheses as well: `<F: Fn() -> u8>`.
fn parameters(signature: &[TokenTree]) -> Option<&Group> {
    let (mut depth, mut in_arrow) = (0_usize, false);
    for token in signature {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis && depth == 0 => {
                return Some(group);
            }
            token if is_punctuation(token, '<') => depth += 1,
            token if is_punctuation(token, '>') && !in_arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        in_arrow = is_punctuation(token, '-');
    }
    None
}

/// What may stand before `fn` and `mod`: `pub(crate) const async unsafe extern "C"`.
fn is_qualifier(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(_) => ["pub", "const", "async", "unsafe", "safe", "extern"]
            .iter()
            .any(|word| is_word(token, word)),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        TokenTree::Literal(_) => true,
        TokenTree::Punct(_) => false,
    }
}

/// Whether an attribute is a path whose last word is `test`, with or without arguments.
fn is_test(attribute: &TokenStream) -> bool {
    let path = attribute.clone().into_iter().take_while(|token| match token {
        TokenTree::Ident(_) => true,
        other => is_punctuation(other, ':'),
    });
    path.last().is_some_and(|last| is_word(&last, "test"))
}

/// Whether an attribute is a single word, with or without arguments.
fn is_bare(attribute: &TokenStream) -> bool {
    let mut tokens = attribute.clone().into_iter().skip(1);
    !tokens.next().is_some_and(|token| is_punctuation(&token, ':'))
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_punctuation(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punctuation) if punctuation.as_char() == character)
}

fn not_rust(token: &TokenTree, why: &str) -> NotRust {
    NotRust {
        span: token.span().byte_range().into(),
        why: why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of all functions and those of the tests.
    fn names(text: &str) -> (String, String) {
        let functions = functions(text).unwrap();
        let of = |functions: Vec<&Function>| {
            let names: Vec<&str> = functions.iter().map(|function| function.name.as_str()).collect();
            names.join(" ")
        };
        (
            of(functions.iter().collect()),
            of(functions.iter().filter(|function| function.is_test).collect()),
        )
    }

    #[test]
    fn a_test_is_known_by_the_last_word_of_its_attribute() {
        let text = "#[kata_test::test] fn a() {} #[test] fn b() {} #[tested] fn c() {} fn d() {} \
                    #[test(x = 1)] #[cfg(any())] fn e() {} #[cfg(test)] fn f() {}";
        assert_eq!(names(text), ("a b c d e f".into(), "a b e".into()));
    }

    #[test]
    fn a_bare_test_is_that_of_std_unless_one_is_imported() {
        let of_std = |text: &str| {
            let functions = functions(text).unwrap();
            functions.iter().any(|function| function.is_of_std)
        };
        for imported in [
            "use kata_test::test;",
            "use kata_test::{prelude::*, test};",
            "pub use kata_test::{self, test};",
            "use kata_test::case as test;",
            "mod a {} use kata_test::test as again; use again as test;",
        ] {
            assert!(!of_std(&format!("{imported} #[test] fn a() {{}}")), "{imported}");
        }
        for other in [
            "",
            "use kata_test::test::Case;",
            "use kata_test::test as case;",
            "use a::tests;",
        ] {
            assert!(of_std(&format!("{other} #[test] fn a() {{}}")), "{other}");
        }
        assert!(!of_std(
            "#[kata_test::test] fn a() {} #[allow(x)] #[kata_test::test(y)] fn b() {}"
        ));
    }

    #[test]
    fn every_item_ends_where_it_ends() {
        let text = "#![allow(x)] use a::{b, c}; struct S { a: u8 } struct T(u8); const C: S = S { a: 1 };\n\
                    /// fn doc\nfn a<T: Fn() -> u8>(t: T) -> S where T: Copy { fn inner() {} }\n\
                    impl S { fn method(&self) {} } macro_rules! m { () => {}; } m! { fn in_macro() {} } m!();\n\
                    pub(crate) const unsafe extern \"C\" fn b() {} static F: fn() = a; type G = fn();\n\
                    mod inside { #[test] fn c() {} mod deeper { async fn d() {} } } mod elsewhere;";
        assert_eq!(names(text), ("a b c d".into(), "c".into()));
        let all = functions(text).unwrap();
        let nested: Vec<bool> = all.iter().map(|function| function.in_module).collect();
        assert_eq!(nested, [false, false, true, true]);
        assert!(all[3].is_async && all[0].arguments.is_some() && all[1].arguments.is_none());
    }

    #[test]
    fn what_is_no_rust_is_told_with_its_place() {
        for (text, at) in [
            ("fn a( {}", 4),
            ("fn a() {} fn b()", 10),
            ("fn () {}", 0),
            ("fn a {}", 3),
            ("# fn a() {}", 0),
            ("fn a() { \"open }", 9),
        ] {
            assert_eq!(functions(text).unwrap_err().span.start, at, "{text}");
        }
    }
}
