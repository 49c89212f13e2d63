//! A submission in, a verdict out.
//!
//! [`Grader::grade`] is the story of a check: take the files (`intake`), answer from the results of
//! before (`results`), check the rules (`rules`), make the runtime ready (`runtime`), compile
//! (`compile`), link the hidden tests (`link`), run each in a process of its own (`run`), weigh
//! what came back (`weigh`), and add it up (`score`).
//!
//! The grader never links what it runs, and reads no clock for a verdict: the times in a report are for people.

mod cache;
mod compile;
mod diagnostics;
mod error;
mod event;
mod failures;
mod graded;
mod intake;
mod link;
mod names;
mod quantity;
mod results;
mod rules;
mod run;
mod runtime;
mod rustc;
mod score;
mod signal;
mod toolchain;
mod weigh;

use std::time::Instant;

use kata_course::{Course, Exercise, Source};
use kata_protocol::{
    Kind, Verdict,
    report::{Phases, Report},
};
use kata_sandbox::Warden;
use tokio_util::sync::CancellationToken;

pub use cache::Cache;
pub use error::Error;
pub use event::Event;
pub use failures::Failures;
pub use graded::{Graded, GradedFile};
pub use runtime::{PINNED_CRATES, Runtime};
pub use toolchain::Toolchain;

use intake::{Submission, Taken};
use results::Slot;
use rustc::Rustc;

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

/// How well this machine confines submissions: a letter from `A` to `D`.
pub fn tier() -> String {
    kata_sandbox::confinement().tier.to_string()
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
                    report: score::not_run(exercise, Verdict::Rejected, why),
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

    /// The answer of before, or else a new one.
    async fn report(
        &self,
        exercise: &Exercise,
        submission: &Submission,
        start: Instant,
        event: &(dyn Fn(Event) + Sync),
    ) -> Result<Report, Error> {
        let slot = Slot::of(
            &self.cache,
            &self.toolchain,
            &self.course,
            exercise,
            submission,
            &tier(),
        )?;
        if self.use_results
            && let Some(report) = slot.load()
        {
            return Ok(report);
        }
        let mut report = self.grade_afresh(exercise, submission, start, event).await?;
        // A fault of ours is not an answer.
        if report
            .tests
            .iter()
            .all(|test| test.verdict != Verdict::HarnessError)
        {
            slot.store(&self.cache, &report);
        }
        report.cached = false;
        Ok(report)
    }

    async fn grade_afresh(
        &self,
        exercise: &Exercise,
        submission: &Submission,
        start: Instant,
        event: &(dyn Fn(Event) + Sync),
    ) -> Result<Report, Error> {
        let virtual_time = exercise.tests.iter().any(|test| test.kind == Kind::VirtualTime);
        // All of the crate's files: those beside the editable ones lie in the learner's folder too.
        let files = submission.given.iter().chain(&submission.files);
        let findings = rules::check(files, &exercise.forbid, virtual_time);
        if !findings.breaches.is_empty() {
            return Ok(score::not_run(exercise, Verdict::Rejected, findings.breaches));
        }
        let mut phases = Phases::default();
        let mut last = start;
        let mut lap = || {
            let now = Instant::now();
            let time = now.duration_since(std::mem::replace(&mut last, now));
            Some(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
        };
        phases.intake = lap();

        let runtime = Runtime::ensure(&self.toolchain, &self.cache, &self.cancel, event).await?;
        phases.runtime = lap();

        event(Event::Compiling {
            slug: exercise.slug.clone(),
        });
        let scratch = self
            .cache
            .scratch("check")
            .map_err(|source| self.cache_error(source))?;
        let rustc = Rustc {
            toolchain: &self.toolchain,
            runtime: &runtime,
            warden: &self.warden,
            cancel: &self.cancel,
            course: &self.course,
            exercise,
        };
        let compiled = compile::compile(&rustc, submission, scratch.path()).await?;
        phases.compile = lap();
        let (library, warnings) = match compiled {
            compile::Outcome::Library(library, warnings) => (library, warnings),
            compile::Outcome::Refused(messages) => {
                let report = score::not_run(exercise, Verdict::CompileError, messages);
                return Ok(Report {
                    phases_ms: phases,
                    ..report
                });
            }
        };
        if let Some(file) = findings.unreadable {
            return Ok(score::not_run(
                exercise,
                Verdict::Rejected,
                vec![rules::unreadable(&file)],
            ));
        }

        let linked = link::link(&rustc, &library, scratch.path()).await?;
        phases.link = lap();
        let program = match linked {
            link::Outcome::Program(program) => program,
            link::Outcome::Mismatch(messages) => {
                let report = score::not_run(exercise, Verdict::CompileError, messages);
                return Ok(Report {
                    phases_ms: phases,
                    ..report
                });
            }
        };

        let total = exercise.tests.len();
        let running = |done| {
            event(Event::Running {
                slug: exercise.slug.clone(),
                done,
                total,
            })
        };
        running(0);
        let runs = run::run(
            &program,
            &exercise.tests,
            scratch.path(),
            &self.warden,
            &self.cancel,
            running,
        )
        .await?;
        phases.run = lap();
        let sources: Vec<names::Source> = submission
            .given
            .iter()
            .chain(&submission.files)
            .map(|file| names::Source {
                shown: &file.shown,
                text: &file.text,
            })
            .collect();
        let mut report = Report {
            phases_ms: phases,
            ..score::graded(exercise, &runs, &sources, warnings)
        };
        if findings.counts_references {
            score::prove_nothing(&mut report);
        }
        Ok(report)
    }

    fn cache_error(&self, source: std::io::Error) -> Error {
        Error::Cache {
            folder: self.cache.root().to_owned(),
            source,
        }
    }
}
