//! A submission in, a verdict out.
//!
//! [`Grader::grade`] is the story of a check: take the files (`intake`), answer from the results of
//! before (`results`), check the rules (`rules`), make the runtime ready (`runtime`), compile
//! (`compile`), link the hidden tests (`link`), run each in a process of its own (`run`), weigh
//! what came back (`weigh`), and add it up (`score`). `afresh` is the part of it from the rules on.
//!
//! The grader never links what it runs, and reads no clock for a verdict: the times in a report are for people.

mod afresh;
mod cache;
mod compile;
mod counts;
mod diagnostics;
mod drawn;
mod error;
mod event;
mod facade;
mod failures;
mod graded;
mod intake;
mod link;
mod names;
mod program;
mod quantity;
mod results;
mod rules;
mod run;
mod runtime;
mod rustc;
mod score;
mod signal;
mod stacks;
mod tokens;
mod toolchain;
mod weigh;

use std::{collections::BTreeSet, time::Instant};

use kata_course::{Course, Exercise, Source};
use kata_protocol::{
    Verdict,
    report::{Report, Sandbox},
};
use kata_sandbox::{Tier, Warden};
use tokio_util::sync::CancellationToken;

pub use cache::Cache;
pub use error::Error;
pub use event::Event;
pub use facade::Facade;
pub use failures::Failures;
pub use graded::{Graded, GradedFile};
pub use runtime::{PINNED_CRATES, Runtime, Set};
pub use toolchain::Toolchain;

use afresh::Afresh;
use intake::{Submission, Taken};
use results::Slot;

/// All that checks of one course have in common.
#[derive(Clone, Debug)]
pub struct Grader {
    /// The course.
    pub course: Course,
    /// The compiler.
    pub toolchain: Toolchain,
    /// Where runtimes and results are kept.
    pub cache: Cache,
    /// Runs compilers and tests.
    pub warden: Warden,
    /// Ends every check when it is cancelled.
    pub cancel: CancellationToken,
    /// Whether answers of before count.
    pub use_results: bool,
}

impl Grader {
    /// Grades one submission of one exercise.
    ///
    /// # Errors
    ///
    /// When the check could not be made: a file is missing, the machine lacks something, the course is broken,
    /// or it was interrupted. Whatever is the submission's own fault is a [`Report`].
    pub async fn grade(
        &self,
        exercise: &Exercise,
        source: &Source,
        event: &(dyn Fn(Event) + Sync),
    ) -> Result<Graded, Error> {
        let start = Instant::now();
        let submission = match intake::take(&self.course, exercise, source)? {
            Taken::Submission(submission) => submission,
            Taken::Refused(why) => {
                return Ok(Graded {
                    report: Report {
                        sandbox: self.sandbox(),
                        ..score::not_run(exercise, Verdict::Rejected, why)
                    },
                    sources: Vec::new(),
                });
            }
        };
        let report = self.report(exercise, &submission, start, event).await?;
        Ok(Graded {
            report,
            sources: graded::sources(submission),
        })
    }

    /// Builds what is not built yet of the runtimes that these exercises need: once, and not by many first checks at the same time.
    ///
    /// # Errors
    ///
    /// As [`Runtime::ensure`].
    pub async fn prepare(&self, exercises: &[Exercise], event: &(dyn Fn(Event) + Sync)) -> Result<(), Error> {
        let sets: BTreeSet<Set> = exercises.iter().map(Set::of).collect();
        for set in sets {
            Runtime::ensure(&self.toolchain, set, &self.cache, &self.cancel, event).await?;
        }
        Ok(())
    }

    /// Grades one submission of one exercise as often as that: it is compiled once, and its tests are run each time. The results
    /// should all be the same; where no test can be run, there is one. Answers of before do not count.
    ///
    /// # Errors
    ///
    /// As [`Grader::grade`].
    pub async fn grade_often(
        &self,
        exercise: &Exercise,
        source: &Source,
        times: usize,
    ) -> Result<Vec<Report>, Error> {
        let start = Instant::now();
        let submission = match intake::take(&self.course, exercise, source)? {
            Taken::Submission(submission) => submission,
            Taken::Refused(why) => return Ok(vec![score::not_run(exercise, Verdict::Rejected, why)]),
        };
        let afresh = Afresh {
            grader: self,
            exercise,
            submission: &submission,
            event: &|_| (),
        };
        afresh.grade_often(start, times).await
    }

    /// The answer of before, or else a new one.
    async fn report(
        &self,
        exercise: &Exercise,
        submission: &Submission,
        start: Instant,
        event: &(dyn Fn(Event) + Sync),
    ) -> Result<Report, Error> {
        if self.use_results
            && let Some(report) = self.slot(exercise, submission)?.load()
        {
            return Ok(report);
        }
        let afresh = Afresh {
            grader: self,
            exercise,
            submission,
            event,
        };
        let mut report = Report {
            sandbox: self.sandbox(),
            ..afresh.grade(start).await?
        };
        // A fault of ours is not an answer.
        if !report.is_fault_of_harness() {
            // Only now is it known for sure what the runtime is.
            self.slot(exercise, submission)?.store(&self.cache, &report);
        }
        report.cached = false;
        Ok(report)
    }

    /// The place of the answer to a check, as the machine is now.
    fn slot(&self, exercise: &Exercise, submission: &Submission) -> Result<Slot, Error> {
        let facade = Runtime::facade(&self.toolchain, Set::of(exercise), &self.cache);
        let made_by = results::MadeBy {
            toolchain: &self.toolchain,
            layers: self.warden.layers(),
            facade,
        };
        Slot::of(&self.cache, &made_by, &self.course, exercise, submission)
    }

    /// How submissions are confined here.
    fn sandbox(&self) -> Sandbox {
        let layers = self.warden.layers();
        Sandbox {
            tier: Tier::of(layers).to_string(),
            layers: layers.iter().map(ToString::to_string).collect(),
        }
    }

    fn cache_error(&self, source: std::io::Error) -> Error {
        Error::Cache {
            folder: self.cache.root().to_owned(),
            source,
        }
    }
}
