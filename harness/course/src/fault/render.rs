//! Faults as a screen: the lines they stand in, with carets, in the manner of the compiler.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Fault, Faults};
use crate::source_text::Span;

/// The most faults that one screen shows; the rest are counted. Nobody reads further before mending these.
const SHOWN: usize = 100;

/// How a screen of faults looks.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Whether to use ANSI colours.
    pub colour: bool,
    /// The width of the terminal, in columns; longer source lines are cut.
    pub width: usize,
    /// Paths below this folder are shown relative to it, the others absolute.
    pub seen_from: Option<&'a Path>,
}

impl Default for Look<'_> {
    /// No colours, 110 columns, absolute paths.
    fn default() -> Self {
        Look {
            colour: false,
            width: 110,
            seen_from: None,
        }
    }
}

/// The whole screen; it ends in a line that counts the faults.
pub(super) fn screen(faults: &Faults, look: Look<'_>) -> String {
    let renderer = if look.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(look.width);
    let mut screen = String::new();
    for fault in faults.list.iter().take(SHOWN) {
        let path = faults.root.join(fault.file());
        let seen = look
            .seen_from
            .and_then(|from| path.strip_prefix(from).ok())
            .unwrap_or(&path);
        screen.push_str(&renderer.render(&[group(fault, &seen.display().to_string())]));
        screen.push_str("\n\n");
    }
    screen.push_str(&count(faults.list.len()));
    screen
}

fn count(faults: usize) -> String {
    match faults {
        1 => "1 fault in the course".to_owned(),
        2..=SHOWN => format!("{faults} faults in the course"),
        _ => format!("{faults} faults in the course, of which the first {SHOWN} are shown"),
    }
}

fn group<'a>(fault: &'a Fault, path: &str) -> Group<'a> {
    let title = Level::ERROR.primary_title(fault.message.as_str());
    let group = match fault.span {
        Some(span) => title.element(snippet(fault, span, path)),
        None => title.element(Origin::path(path.to_owned())),
    };
    let help = fault.help.iter().map(|help| Level::HELP.message(help.as_str()));
    group.elements(help)
}

/// The lines that the fault is about, and no more of the file: it may be long, and so may the list of faults.
fn snippet<'a>(fault: &'a Fault, span: Span, path: &str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = fault.source.text.as_str();
    let see = fault.see.map(|(span, _)| span).unwrap_or(span);
    let (first, last) = (span.start.min(see.start), span.end.max(see.end));
    let from = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let to = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let within = |span: Span| span.start - from..span.end - from;
    let primary = AnnotationKind::Primary
        .span(within(span))
        .label(fault.label.as_str());
    let secondary = fault
        .see
        .map(|(span, label)| AnnotationKind::Context.span(within(span)).label(label));
    Snippet::source(&text[from..to])
        .line_start(fault.source.line_column(from).0)
        .path(path.to_owned())
        .annotation(primary)
        .annotations(secondary)
}
