//! What a check gives back.

use kata_protocol::report::Report;
use serde::{Deserialize, Serialize};

use crate::intake::Submission;

/// A report, with the sources that it speaks of: the learner may save another version while a check runs, and the lines of
/// that one are not what was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    /// What was found.
    pub report: Report,
    /// The sources of the exercise's crate as they were graded; none when its files could not be taken.
    pub sources: Vec<GradedFile>,
}

/// A source file as it was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradedFile {
    /// Its path as locations name it: `exercises/<slug>/src/lib.rs`.
    pub shown: String,
    /// Its text.
    pub text: String,
}

impl Graded {
    /// The text of a file, by the path that a location names.
    pub fn source(&self, shown: &str) -> Option<&str> {
        let file = self.sources.iter().find(|file| file.shown == shown);
        file.map(|file| &*file.text)
    }
}

/// The sources of a submission's crate.
pub(crate) fn sources(submission: Submission) -> Vec<GradedFile> {
    let files = submission.given.into_iter().chain(submission.files);
    files
        .map(|file| GradedFile {
            shown: file.shown,
            text: file.text,
        })
        .collect()
}
