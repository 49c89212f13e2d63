//! The last failing schedule of each exercise, kept so that it can be looked at again.
//!
//! It is kept in the cache, by the course's folder and the exercise's slug: a check makes it again, it is of no use on
//! another machine, and a course that cannot be written to has one all the same.

use std::{fs, path::PathBuf};

use kata_course::Course;
use kata_protocol::report::{Output, Report, TestReport};
use serde::{Deserialize, Serialize};

use crate::{Error, cache::Cache, graded::Graded};

/// What is kept looks like this; one that was kept otherwise is passed over.
const FORMAT: u32 = 1;

/// Files that are kept, of all courses.
const KEPT: usize = 500;

/// The failures of one course.
#[derive(Clone, Debug)]
pub struct Failures {
    cache: Cache,
    /// What the names of its files begin with.
    key: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    format: u32,
    failure: Graded,
}

impl Failures {
    /// Those of the course in its folder.
    pub fn of(cache: &Cache, course: &Course) -> Failures {
        let root = course.root.canonicalize().unwrap_or_else(|_| course.root.clone());
        let key = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
        Failures {
            cache: cache.clone(),
            key: key[..32].to_owned(),
        }
    }

    /// Keeps a check of which a test failed under a schedule, in the place of the one before; gives whether it is such a check.
    ///
    /// # Errors
    ///
    /// When it cannot be written; what was kept before is as it was.
    pub fn keep(&self, graded: &Graded) -> Result<bool, Error> {
        let Some(failure) = essence(graded) else {
            return Ok(false);
        };
        let slug = failure.report.exercise.clone();
        let kept = Kept {
            format: FORMAT,
            failure,
        };
        let written = serde_json::to_vec(&kept)
            .map_err(std::io::Error::from)
            .and_then(|bytes| self.cache.keep(&self.file(&slug), &bytes, KEPT))
            .and_then(|()| self.cache.keep(&self.last_file(), slug.as_bytes(), KEPT));
        written.map(|()| true).map_err(|source| Error::Cache {
            folder: self.cache.root().to_owned(),
            source,
        })
    }

    /// The slug of the exercise whose failure was kept last.
    pub fn last(&self) -> Option<String> {
        fs::read_to_string(self.last_file()).ok()
    }

    /// The last failure of the exercise, if one is kept.
    pub fn load(&self, slug: &str) -> Option<Graded> {
        let kept: Kept = serde_json::from_slice(&fs::read(self.file(slug)).ok()?).ok()?;
        (kept.format == FORMAT).then_some(kept.failure)
    }

    fn file(&self, slug: &str) -> PathBuf {
        self.cache.failures().join(format!("{}.{slug}.json", self.key))
    }

    fn last_file(&self) -> PathBuf {
        self.cache.failures().join(format!("{}.last", self.key))
    }
}

/// What there is to look at again: the tests that failed under a schedule, without what they printed. `None` when there are
/// none.
fn essence(graded: &Graded) -> Option<Graded> {
    let report = &graded.report;
    let failed = report.tests.iter().filter(|test| test.trace.is_some());
    let tests: Vec<TestReport> = failed
        .map(|test| TestReport {
            output: Output::default(),
            ..test.clone()
        })
        .collect();
    (!tests.is_empty()).then(|| Graded {
        report: Report {
            tests,
            diagnostics: Vec::new(),
            ..report.clone()
        },
        sources: graded.sources.clone(),
    })
}
