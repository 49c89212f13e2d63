//! Edits of a text.

use std::ops::Range;

/// A mutation: edits that are made together, and what they are.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// What the mistake is, in a sentence without its end.
    pub(crate) says: String,
    edits: Vec<(Range<usize>, String)>,
}

impl Change {
    /// Puts `text` in the place of a range of bytes.
    pub(crate) fn replace(range: Range<usize>, text: impl Into<String>, says: impl Into<String>) -> Change {
        Change {
            says: says.into(),
            edits: vec![(range, text.into())],
        }
    }

    /// Removes a range of bytes.
    pub(crate) fn remove(range: Range<usize>, says: impl Into<String>) -> Change {
        Change::replace(range, "", says)
    }

    /// Puts `text` in before a byte.
    pub(crate) fn insert(at: usize, text: impl Into<String>, says: impl Into<String>) -> Change {
        Change::replace(at..at, text, says)
    }

    /// The same with one more edit, which does not overlap with the others.
    pub(crate) fn and(mut self, range: Range<usize>, text: impl Into<String>) -> Change {
        self.edits.push((range, text.into()));
        self
    }

    /// Where the first edit begins.
    pub(crate) fn start(&self) -> usize {
        let starts = self.edits.iter().map(|(range, _)| range.start);
        starts.min().unwrap_or(0)
    }

    /// The text after the edits.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut edits: Vec<_> = self.edits.iter().collect();
        edits.sort_by_key(|(range, _)| range.start);
        let (mut edited, mut at) = (String::with_capacity(text.len()), 0);
        for (range, new) in edits {
            edited += &text[at..range.start];
            edited += new;
            at = range.end;
        }
        edited + &text[at..]
    }
}
