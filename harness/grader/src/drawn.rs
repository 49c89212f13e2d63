//! Messages of ours about a place in a source file, drawn as the compiler draws its own.

use annotate_snippets::{AnnotationKind, Level as Shown, Renderer, Snippet};
use kata_protocol::{
    Location,
    report::{Diagnostic, Level},
};

use crate::{intake::SourceFile, tokens::Token};

/// An error at `token` of `file`; `code` names the rule, and `help` says what to do.
pub(crate) fn error(file: &SourceFile, token: &Token, code: &str, message: String, help: &str) -> Diagnostic {
    let snippet = Snippet::source(file.text.as_str())
        .path(file.shown.as_str())
        .annotation(AnnotationKind::Primary.span(token.span.clone()));
    let report = [Shown::ERROR
        .primary_title(message.as_str())
        .element(snippet)
        .element(Shown::HELP.message(help))];
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Diagnostic {
        level: Level::Error,
        code: Some(code.to_owned()),
        rendered: Renderer::plain().render(&report),
        location: Some(Location {
            file: file.shown.clone(),
            line: number(token.start.line),
            column: number(token.start.column + 1),
        }),
        message,
    }
}
