//! What is wrong with a course: each fault with its place and its fix, and all of them together.

mod render;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use render::Look;

use crate::source_text::{SourceText, Span};

/// One thing that is wrong with a course.
#[derive(Clone, Debug)]
pub struct Fault {
    source: Arc<SourceText>,
    span: Option<Span>,
    message: String,
    label: String,
    see: Option<(Span, &'static str)>,
    help: Vec<String>,
}

impl Fault {
    /// A fault at a place in a file; `label` says in a few words what is the matter there.
    pub(crate) fn at(
        source: &Arc<SourceText>,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Fault {
            source: Arc::clone(source),
            span: Some(source.clamp(span)),
            message: printable(message.into()),
            label: printable(label.into()),
            see: None,
            help: Vec::new(),
        }
    }

    /// A fault of a file as a whole.
    pub(crate) fn whole(source: &Arc<SourceText>, message: impl Into<String>) -> Self {
        Fault {
            span: None,
            ..Fault::at(source, Span::default(), message, "")
        }
    }

    /// Adds a sentence that says what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(printable(help.into()));
        self
    }

    /// Adds another place in the same file that has to do with it.
    pub(crate) fn see(mut self, span: Span, label: &'static str) -> Self {
        self.see = Some((self.source.clamp(span), label));
        self
    }

    /// The file, relative to the course.
    pub fn file(&self) -> &Path {
        &self.source.path
    }

    /// Line and column, both from 1, the column in characters; `None` for a fault of the file as a whole.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        self.span.map(|span| self.source.line_column(span.start))
    }

    /// What is wrong, in a line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn fixes(&self) -> &[String] {
        &self.help
    }

    /// Faults are told in the order in which a reader meets them: `course.toml` first, from its top.
    fn order(&self) -> (usize, &Path, usize) {
        let path = self.source.path.as_path();
        (
            path.components().count(),
            path,
            self.span.map_or(0, |span| span.start),
        )
    }
}

/// Faults quote the file, and the file may hold what a terminal would take for a command.
fn printable(text: String) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// Everything that is wrong with a course, in the order of its files and lines; never empty.
#[derive(Clone, Debug)]
pub struct Faults {
    root: PathBuf,
    list: Vec<Fault>,
}

impl Faults {
    pub(crate) fn new(root: &Path, mut list: Vec<Fault>) -> Self {
        list.sort_by(|a, b| a.order().cmp(&b.order()));
        Faults {
            root: root.to_owned(),
            list,
        }
    }

    /// Each fault.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Fault> {
        self.list.iter()
    }

    /// How many there are; at least 1.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The faults as a screen, with the lines they stand in.
    pub fn render(&self, look: Look<'_>) -> String {
        render::screen(self, look)
    }
}

impl fmt::Display for Faults {
    /// The screen without colours, with absolute paths.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Look::default()))
    }
}
