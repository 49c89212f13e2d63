//! Answers to checks that were made before, keyed by everything that they depend on.
//!
//! No time stamp is looked at: an edited file is graded afresh although its clock went back.

use std::{fs, path::PathBuf};

use kata_course::{Course, Exercise};
use kata_protocol::report::{Phases, Report};
use kata_sandbox::Layers;

use crate::{
    Error, Facade,
    cache::Cache,
    intake::Submission,
    runtime::{Runtime, Set},
    toolchain::Toolchain,
};

/// Results that are kept. A thousand are a few megabytes.
const KEPT: usize = 1000;

/// The place of one result.
pub(crate) struct Slot(PathBuf);

/// What a result is made by, besides what is graded.
pub(crate) struct MadeBy<'a> {
    pub(crate) toolchain: &'a Toolchain,
    /// How submissions are confined.
    pub(crate) layers: &'a Layers,
    /// How submissions come to see the facade; not known before the runtime is built.
    pub(crate) facade: Option<Facade>,
}

impl Slot {
    /// The slot of the answer to this check.
    pub(crate) fn of(
        cache: &Cache,
        made_by: &MadeBy<'_>,
        course: &Course,
        exercise: &Exercise,
        submission: &Submission,
    ) -> Result<Slot, Error> {
        let hidden = course.layout(exercise).hidden();
        let tests = fs::read(&hidden).map_err(|source| Error::Course { file: hidden, source })?;
        let mut hasher = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        add(Runtime::key(made_by.toolchain, Set::of(exercise)).as_bytes());
        add(build().as_bytes());
        add(format!("{:?}", made_by.layers).as_bytes());
        // Where the real std serves, it makes no difference.
        if exercise.tests.iter().any(|test| test.kind.has_facade()) {
            add(made_by.facade.map_or("", Facade::name).as_bytes());
        }
        add(course.edition.name().as_bytes());
        // Every field of the exercise: limits, points, rules, the list of tests.
        add(format!("{exercise:?}").as_bytes());
        add(&tests);
        for file in submission.given.iter().chain(&submission.files) {
            add(file.shown.as_bytes());
            add(file.text.as_bytes());
        }
        let key = hasher.finalize().to_hex();
        Ok(Slot(cache.results().join(format!("{}.json", &key[..32]))))
    }

    /// The answer, if there is one.
    pub(crate) fn load(&self) -> Option<Report> {
        let report: Report = serde_json::from_slice(&fs::read(&self.0).ok()?).ok()?;
        Some(Report {
            cached: true,
            phases_ms: Phases::default(),
            ..report
        })
    }

    /// Keeps an answer. A cache that cannot be written costs time, nothing else.
    pub(crate) fn store(&self, cache: &Cache, report: &Report) {
        if let Ok(bytes) = serde_json::to_vec(report) {
            drop(cache.keep(&self.0, &bytes, KEPT));
        }
    }
}

/// Which build of this program grades: the version alone does not tell two builds of a developer apart.
fn build() -> String {
    use std::os::unix::fs::MetadataExt;
    let executable = fs::metadata("/proc/self/exe");
    let stamp = executable.map(|file| format!("{}.{}.{}", file.ino(), file.size(), file.mtime_nsec()));
    format!("{} {}", env!("CARGO_PKG_VERSION"), stamp.unwrap_or_default())
}
