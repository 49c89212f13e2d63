//! A source and what every operator asks of it.

use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Block, Expr, Stmt,
    spanned::Spanned,
    visit::{self, Visit},
};

use crate::locks::Locks;

/// A source.
pub(crate) struct Source<'a> {
    /// Its text.
    pub(crate) text: &'a str,
    /// Its locks.
    pub(crate) locks: Locks,
}

impl Source<'_> {
    /// The text of a part of the tree, comments and all.
    pub(crate) fn of(&self, part: &impl Spanned) -> &str {
        &self.text[range(part)]
    }

    /// A name or a call in a line, for people: what is longer is cut off.
    pub(crate) fn short(&self, part: &impl Spanned) -> String {
        const WIDTH: usize = 40;
        let words: Vec<&str> = self.of(part).split_whitespace().collect();
        let line = words.join(" ").replace(" .", ".");
        match line.chars().count() {
            0..=WIDTH => line,
            _ => line.chars().take(WIDTH - 1).chain(['…']).collect(),
        }
    }

    /// Whether a name stands in a part of the tree, macro calls included.
    pub(crate) fn mentions(&self, part: &impl Spanned, name: &str) -> bool {
        let tokens = self.of(part).parse::<TokenStream>();
        tokens.is_ok_and(|tokens| holds(tokens, name))
    }

    /// The white space before a byte, back to the beginning of its line.
    pub(crate) fn indent(&self, at: usize) -> &str {
        let line = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = &self.text[line..at];
        &before[..before.len() - before.trim_start().len()]
    }
}

fn holds(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => holds(group.stream(), name),
        _ => false,
    })
}

/// The bytes of a part of the tree.
pub(crate) fn range(part: &impl Spanned) -> Range<usize> {
    part.span().byte_range()
}

/// Calls `look` with every expression of a block, the outer before the inner ones.
pub(crate) fn expressions<'a>(block: &'a Block, look: &mut dyn FnMut(&'a Expr)) {
    struct Walk<'l, 'a>(&'l mut dyn FnMut(&'a Expr));
    impl<'a> Visit<'a> for Walk<'_, 'a> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            (self.0)(expression);
            visit::visit_expr(self, expression);
        }
    }
    Walk(look).visit_block(block);
}

/// Calls `look` with every expression in an expression, and with itself.
pub(crate) fn within<'a>(expression: &'a Expr, look: &mut dyn FnMut(&'a Expr)) {
    struct Walk<'l, 'a>(&'l mut dyn FnMut(&'a Expr));
    impl<'a> Visit<'a> for Walk<'_, 'a> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            (self.0)(expression);
            visit::visit_expr(self, expression);
        }
    }
    Walk(look).visit_expr(expression);
}

/// Calls `look` with a block and every block in it.
pub(crate) fn blocks<'a>(block: &'a Block, look: &mut dyn FnMut(&'a Block)) {
    struct Walk<'l, 'a>(&'l mut dyn FnMut(&'a Block));
    impl<'a> Visit<'a> for Walk<'_, 'a> {
        fn visit_block(&mut self, block: &'a Block) {
            (self.0)(block);
            visit::visit_block(self, block);
        }
    }
    Walk(look).visit_block(block);
}

/// The expression of a statement that ends with a semicolon.
pub(crate) fn effect(statement: &Stmt) -> Option<&Expr> {
    match statement {
        Stmt::Expr(expression, Some(_)) => Some(expression),
        _ => None,
    }
}

/// Whether any expression in it satisfies `is`.
pub(crate) fn any(expression: &Expr, is: &dyn Fn(&Expr) -> bool) -> bool {
    let mut found = false;
    within(expression, &mut |inner| found |= is(inner));
    found
}

/// The name of the method that is called, if it is a call of one.
pub(crate) fn method(expression: &Expr) -> Option<String> {
    match expression {
        Expr::MethodCall(call) => Some(call.method.to_string()),
        _ => None,
    }
}

/// The last name of the path that is called, such as `spawn` of `thread::spawn(…)`.
pub(crate) fn function(expression: &Expr) -> Option<String> {
    let Expr::Call(call) = expression else {
        return None;
    };
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    path.path.segments.last().map(|last| last.ident.to_string())
}
