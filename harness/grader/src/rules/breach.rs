//! A breach of a rule, and what the learner reads about it.

use std::ops::Range;

use kata_protocol::report::Diagnostic;

use crate::{
    drawn,
    intake::SourceFile,
    tokens::{Token, TooDeep},
};

/// One breach: which rule, where, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    rule: &'static str,
    message: String,
    help: String,
    token: Token,
}

impl Breach {
    /// Where it is, in bytes of the file.
    pub(super) fn span(&self) -> &Range<usize> {
        &self.token.span
    }

    fn new(token: &Token, rule: &'static str, message: String, help: impl Into<String>) -> Breach {
        Breach {
            rule,
            message,
            help: help.into(),
            token: token.clone(),
        }
    }

    pub(super) fn keyword(token: &Token, keyword: &'static str) -> Breach {
        let message = format!("this exercise is to be solved without `{keyword}`");
        Breach::new(
            token,
            keyword,
            message,
            "safe Rust can do all of it: the task says with which types",
        )
    }

    pub(super) fn reads_files(token: &Token, name: &str) -> Breach {
        let message = format!("a submission may not use `{name}!`");
        Breach::new(
            token,
            "reads-files",
            message,
            "write what you need into the file itself",
        )
    }

    pub(super) fn path_attribute(token: &Token) -> Breach {
        let message = "a submission may not say where a module's file is".to_owned();
        Breach::new(
            token,
            "path-attribute",
            message,
            "write the module into one of the files of the exercise",
        )
    }

    pub(super) fn forbidden_path(token: &Token, path: &str) -> Breach {
        let message = format!("this exercise is to be solved without `{path}`");
        Breach::new(
            token,
            "forbidden",
            message,
            "the task says what to use in its place",
        )
    }

    pub(super) fn outlives_an_order(token: &Token, word: &'static str) -> Breach {
        let message = format!("`{word}` would carry over from one order of the tasks to the next");
        Breach::new(
            token,
            "outlives-an-order",
            message,
            "every order of the tasks begins anew: share with `Arc` what tasks share, and write `const` for what never changes",
        )
    }

    pub(super) fn past_the_turns(token: &Token, path: &str) -> Breach {
        let message = format!("`{path}` is out of sight where the orders of tasks are explored");
        Breach::new(
            token,
            "out-of-sight",
            message,
            "threads of your own go on at any time, and no order of tasks knows of it: spawn a task, or use `spawn_blocking`",
        )
    }

    pub(super) fn out_of_sight(token: &Token, path: &str) -> Breach {
        let message = format!("`{path}` is out of sight where threads run under every schedule");
        Breach::new(
            token,
            "out-of-sight",
            message,
            "let threads share what they need in memory: a race for a file, a socket or a process would go unseen",
        )
    }

    pub(super) fn too_deep(TooDeep(token): TooDeep, deepest: usize) -> Breach {
        let message = format!("brackets nest more than {deepest} deep");
        Breach::new(
            &token,
            "nesting",
            message,
            "move the inner part into a function or a variable of its own",
        )
    }

    /// The breach as the learner reads it, in the compiler's style.
    pub(super) fn diagnostic(self, file: &SourceFile) -> Diagnostic {
        drawn::error(file, &self.token, self.rule, self.message, &self.help)
    }
}
