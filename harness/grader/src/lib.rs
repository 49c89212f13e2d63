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

use std::time::Instant;

use kata_course::{Course, Exercise, Source};
use kata_protocol::{
    Kind, Verdict,
    report::{Phases, Report, Sandbox, Unproved},
};
use kata_sandbox::{Tier, Warden};
use tokio_util::sync::CancellationToken;

pub use cache::Cache;
pub use error::Error;
pub use event::Event;
pub use facade::Facade;
pub use failures::Failures;
pub use graded::{Graded, GradedFile};
pub use runtime::{PINNED_CRATES, Runtime};
pub use toolchain::Toolchain;

use facade::References;
use intake::{SourceFile, Submission, Taken};
use program::Stopwatch;
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

/// What an exploration of a submission does not cover, each with its first place.
#[derive(Default)]
struct Unseen {
    /// Memory that is shared by force.
    memory: Option<Unproved>,
    /// Counts of references, unless they are counted.
    references: Option<Unproved>,
    /// Whether they can be counted, if the submission compiles so.
    countable: bool,
}

impl Unseen {
    /// Whose references are tried first.
    fn references_to_try(&self) -> References {
        match &self.references {
            Some(_) if self.countable => References::Counted,
            _ => References::Real,
        }
    }

    /// What is left of it with a program that counts these references.
    fn of(self, references: References) -> Option<Unproved> {
        let uncounted = self.references.filter(|_| references == References::Real);
        self.memory.or(uncounted)
    }
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
        let mut report = Report {
            sandbox: self.sandbox(),
            ..self.grade_afresh(exercise, submission, start, event).await?
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
        let facade = Runtime::facade(&self.toolchain, &self.cache);
        let made_by = results::MadeBy {
            toolchain: &self.toolchain,
            layers: self.warden.layers(),
            facade,
        };
        Slot::of(&self.cache, &made_by, &self.course, exercise, submission)
    }

    async fn grade_afresh(
        &self,
        exercise: &Exercise,
        submission: &Submission,
        start: Instant,
        event: &(dyn Fn(Event) + Sync),
    ) -> Result<Report, Error> {
        let kinds = || exercise.tests.iter().map(|test| test.kind);
        let ways = rules::Ways {
            virtual_time: kinds().any(Kind::is_async),
            tasks: kinds().any(|kind| kind == Kind::ExploreTasks),
            modelled: kinds().any(Kind::is_modelled),
        };
        // All of the crate's files: those beside the editable ones lie in the learner's folder too.
        let files = submission.given.iter().chain(&submission.files);
        let findings = rules::check(files, &exercise.forbid, ways);
        if !findings.breaches.is_empty() {
            return Ok(score::not_run(exercise, Verdict::Rejected, findings.breaches));
        }
        let (mut phases, mut stopwatch) = (Phases::default(), Stopwatch::started(start));
        stopwatch.lap(&mut phases.intake);

        let runtime = Runtime::ensure(&self.toolchain, &self.cache, &self.cancel, event).await?;
        stopwatch.lap(&mut phases.runtime);
        if kinds().any(Kind::has_facade) && runtime.facade == Facade::Missing {
            return Err(Error::NoFacade);
        }

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
        let unseen = self.unseen(exercise, submission)?;
        let made = program::make(
            &rustc,
            submission,
            unseen.references_to_try(),
            scratch.path(),
            &mut stopwatch,
            &mut phases,
        )
        .await?;
        // What the compiler refuses, it explains itself.
        let refused = matches!(made, program::Outcome::Refused(_));
        if let Some(file) = findings.unreadable.filter(|_| !refused) {
            let message = rules::unreadable(&file);
            return Ok(score::not_run(exercise, Verdict::Rejected, vec![message]));
        }
        let not_run = |verdict, messages| Report {
            phases_ms: phases,
            ..score::not_run(exercise, verdict, messages)
        };
        let program = match made {
            program::Outcome::Program(program) => program,
            program::Outcome::Refused(messages) => return Ok(not_run(Verdict::CompileError, messages)),
            program::Outcome::Unclear(message) => {
                return Ok(not_run(Verdict::HarnessError, vec![message]));
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
            &program.path,
            &exercise.tests,
            scratch.path(),
            &self.warden,
            &self.cancel,
            running,
        )
        .await?;
        stopwatch.lap(&mut phases.run);
        let files = submission.given.iter().chain(&submission.files);
        let sources: Vec<names::Source> = files
            .map(|file| names::Source {
                shown: &file.shown,
                text: &file.text,
            })
            .collect();
        let references = program.references;
        let mut report = Report {
            phases_ms: phases,
            ..score::graded(exercise, &runs, &sources, program)
        };
        if let Some(unproved) = unseen.of(references) {
            score::prove_nothing(&mut report, unproved);
        }
        Ok(report)
    }

    /// What an exploration of the submission's threads does not cover.
    fn unseen(&self, exercise: &Exercise, submission: &Submission) -> Result<Unseen, Error> {
        if !exercise.tests.iter().any(|test| test.kind == Kind::Explore) {
            return Ok(Unseen::default());
        }
        let hidden = intake::hidden(&self.course, exercise)?;
        let files: Vec<&SourceFile> = submission.given.iter().chain(&submission.files).collect();
        Ok(Unseen {
            memory: counts::shared_by_force(&files),
            references: counts::matter(&files, &hidden),
            countable: !counts::reaches_past(files.into_iter().chain([&hidden])),
        })
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
