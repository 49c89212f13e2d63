//! From the text of `course.toml` to a course, with every fault on the way.
//!
//! Four steps, each over the whole file: its syntax, with what is broken left out ([`syntax`]); the shape of
//! its tables ([`shape`]); the values in them, with the files that they name ([`course`], [`exercise`],
//! [`limits`], [`caps`], [`crate::check`]); and what the entries say of each other.

mod caps;
mod course;
mod exercise;
mod limits;
mod shape;
mod solutions;
mod syntax;
mod test;
mod tree;
mod words;

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

pub(crate) use syntax::Damage;
use syntax::Parsed;
pub(crate) use tree::Entry;
pub(crate) use words::listed;

use kata_protocol::Caps;

use crate::{
    Course, Limits,
    fault::Fault,
    format::{COURSE_TOML, FORMAT},
    source_text::{At, SourceText, Span},
};

/// What every step needs: the file, where the course is, and the faults so far.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a Arc<SourceText>,
    /// The course's folder.
    pub(crate) root: &'a Path,
    /// The same without links on the way to it.
    pub(crate) real_root: PathBuf,
    /// The crates that a submission may ever use.
    pub(crate) pinned: &'a [&'a str],
    pub(crate) damage: Damage,
    /// The slugs of the exercises so far.
    slugs: HashSet<String>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// A fault at a place in `course.toml`; see [`Fault::at`].
    pub(crate) fn fault(&self, span: Span, message: impl Into<String>, label: impl Into<String>) -> Fault {
        Fault::at(self.text, span, message, label)
    }

    pub(crate) fn report(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Reports each element that stands in its list a second time, and tells whether any does.
    pub(crate) fn report_repeated(&mut self, what: &str, list: &[At<&str>]) -> bool {
        let before = self.faults.len();
        let mut seen = HashMap::new();
        for element in list {
            if let Some(first) = seen.insert(element.value, element.span) {
                let fault = self
                    .fault(
                        element.span,
                        format!("{what} `{}` is there twice", element.value),
                        "again",
                    )
                    .see(first, "first here")
                    .help("each one stands once: remove or rename one of the two");
                self.report(fault);
            }
        }
        self.faults.len() > before
    }
}

/// What a test has that sets nothing of its own: handed down from the course to the exercise, and on to the test.
#[derive(Clone, Copy, Debug, Default)]
struct Defaults {
    limits: Limits,
    caps: Caps,
}

impl Defaults {
    /// These, but for what the tables of an entry set.
    fn with(self, reader: &mut Reader<'_>, entry: Entry<'_>) -> Self {
        Defaults {
            limits: self.limits.with(limits::read(reader, entry.table("limits"))),
            caps: caps::read(reader, entry.table("caps")).over(self.caps),
        }
    }
}

/// Reads a course.
///
/// # Errors
///
/// Every fault, in no order.
pub(crate) fn read(text: &Arc<SourceText>, root: &Path, pinned: &[&str]) -> Result<Course, Vec<Fault>> {
    let mut mended = String::new();
    let Parsed { tree, errors, damage } = syntax::parse(&text.text, &mut mended);
    let top = Entry {
        table: &tree,
        span: Span::default(),
    };
    let mut reader = Reader {
        text,
        root,
        real_root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
        pinned,
        damage,
        slugs: HashSet::new(),
        faults: Vec::new(),
    };
    if let Some(fault) = other_format(&reader, top) {
        return Err(vec![fault]);
    }
    for error in errors {
        let fault = syntax::explain(&reader, error);
        reader.report(fault);
    }
    shape::check(&mut reader, top, &COURSE_TOML);
    let course = course::read(&mut reader, top);
    if reader.faults.is_empty() {
        Ok(course.expect("a value is missing only where a fault was reported"))
    } else {
        Err(reader.faults)
    }
}

/// A file of another format is not judged by the rules of this one.
fn other_format(reader: &Reader<'_>, top: Entry<'_>) -> Option<Fault> {
    let format = top.number("format")?;
    if format.value == i128::from(FORMAT) {
        return None;
    }
    let message = format!(
        "`format` is {}, and this kata reads format {FORMAT}",
        format.value
    );
    let fault = reader.fault(format.span, message, "another format");
    Some(if format.value > i128::from(FORMAT) {
        fault.help("this course needs a newer kata")
    } else {
        fault.help(format!("write `format = {FORMAT}`"))
    })
}
