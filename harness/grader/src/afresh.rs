//! A check that is made, and not answered from before: its steps, one after the other.

use std::{fs, time::Instant};

use kata_course::Exercise;
use kata_protocol::{
    Kind, Verdict,
    report::{Phases, Report, Unproved},
};

use crate::{
    Error, Event, Facade, Grader, Runtime, Set,
    cache::Scratch,
    counts,
    facade::References,
    intake::{self, SourceFile, Submission},
    names,
    program::{self, Program, Stopwatch},
    rules, run,
    rustc::Rustc,
    score,
};

/// A submission that is graded.
pub(crate) struct Afresh<'a> {
    pub(crate) grader: &'a Grader,
    pub(crate) exercise: &'a Exercise,
    pub(crate) submission: &'a Submission,
    /// Is told how far it is.
    pub(crate) event: &'a (dyn Fn(Event) + Sync),
}

/// What has become of it before any test is run.
enum Made {
    /// The answer: no test can be run.
    NotRun(Box<Report>),
    /// A program of its tests.
    Ready(Box<Ready>),
}

/// A program of the tests, and what is known of it.
struct Ready {
    program: Program,
    unproved: Option<Unproved>,
    phases: Phases,
    stopwatch: Stopwatch,
    /// Where the program is, and where its tests run.
    scratch: Scratch,
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

impl Afresh<'_> {
    /// Makes the program of the tests, and runs them.
    pub(crate) async fn grade(&self, start: Instant) -> Result<Report, Error> {
        match self.make(start).await? {
            Made::NotRun(report) => Ok(*report),
            Made::Ready(mut ready) => self.run(&mut ready, 0).await,
        }
    }

    /// Makes the program of the tests, and runs them so many times.
    pub(crate) async fn grade_often(&self, start: Instant, times: usize) -> Result<Vec<Report>, Error> {
        let mut ready = match self.make(start).await? {
            Made::NotRun(report) => return Ok(vec![*report]),
            Made::Ready(ready) => ready,
        };
        let mut reports = Vec::new();
        for round in 0..times {
            reports.push(self.run(&mut ready, round).await?);
        }
        Ok(reports)
    }

    /// From the files of the submission to the program of the tests.
    async fn make(&self, start: Instant) -> Result<Made, Error> {
        let (grader, exercise, submission) = (self.grader, self.exercise, self.submission);
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
            return Ok(self.not_run(Verdict::Rejected, findings.breaches, Phases::default()));
        }
        let (mut phases, mut stopwatch) = (Phases::default(), Stopwatch::started(start));
        stopwatch.lap(&mut phases.intake);

        let set = Set::of(exercise);
        let runtime =
            Runtime::ensure(&grader.toolchain, set, &grader.cache, &grader.cancel, self.event).await?;
        stopwatch.lap(&mut phases.runtime);
        if kinds().any(Kind::has_facade) && runtime.facade == Facade::Missing {
            return Err(Error::NoFacade);
        }

        (self.event)(Event::Compiling {
            slug: exercise.slug.clone(),
        });
        let scratch = grader.cache.scratch("check");
        let scratch = scratch.map_err(|source| grader.cache_error(source))?;
        let rustc = Rustc {
            toolchain: &grader.toolchain,
            runtime: &runtime,
            warden: &grader.warden,
            cancel: &grader.cancel,
            course: &grader.course,
            exercise,
        };
        let unseen = self.unseen()?;
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
            return Ok(self.not_run(Verdict::Rejected, vec![message], Phases::default()));
        }
        Ok(match made {
            program::Outcome::Program(program) => Made::Ready(Box::new(Ready {
                unproved: unseen.of(program.references),
                program,
                phases,
                stopwatch,
                scratch,
            })),
            program::Outcome::Refused(messages) => self.not_run(Verdict::CompileError, messages, phases),
            program::Outcome::Unclear(message) => self.not_run(Verdict::HarnessError, vec![message], phases),
        })
    }

    fn not_run(
        &self,
        verdict: Verdict,
        messages: Vec<kata_protocol::report::Diagnostic>,
        phases: Phases,
    ) -> Made {
        Made::NotRun(Box::new(Report {
            phases_ms: phases,
            ..score::not_run(self.exercise, verdict, messages)
        }))
    }

    /// Runs the tests, and adds up. Each round has a folder of its own.
    async fn run(&self, ready: &mut Ready, round: usize) -> Result<Report, Error> {
        let (grader, exercise) = (self.grader, self.exercise);
        let total = exercise.tests.len();
        let running = |done| {
            (self.event)(Event::Running {
                slug: exercise.slug.clone(),
                done,
                total,
            })
        };
        running(0);
        let place = ready.scratch.path().join(format!("round-{round}"));
        fs::create_dir(&place).map_err(|source| grader.cache_error(source))?;
        let program = &ready.program;
        let runs = run::run(
            program,
            &exercise.tests,
            &place,
            &grader.warden,
            &grader.cancel,
            running,
        )
        .await?;
        let mut phases = ready.phases;
        ready.stopwatch.lap(&mut phases.run);
        let files = self.submission.given.iter().chain(&self.submission.files);
        let sources: Vec<names::Source> = files
            .map(|file| names::Source {
                shown: &file.shown,
                text: &file.text,
            })
            .collect();
        let mut report = Report {
            phases_ms: phases,
            ..score::graded(exercise, &runs, &sources, program)
        };
        if let Some(unproved) = ready.unproved.clone() {
            score::prove_nothing(&mut report, unproved);
        }
        Ok(report)
    }

    /// What an exploration of the submission's threads does not cover.
    fn unseen(&self) -> Result<Unseen, Error> {
        let (exercise, submission) = (self.exercise, self.submission);
        if !exercise.tests.iter().any(|test| test.kind == Kind::Explore) {
            return Ok(Unseen::default());
        }
        let hidden = intake::hidden(&self.grader.course, exercise)?;
        let files: Vec<&SourceFile> = submission.given.iter().chain(&submission.files).collect();
        Ok(Unseen {
            memory: counts::shared_by_force(&files),
            references: counts::matter(&files, &hidden),
            countable: !counts::reaches_past(files.into_iter().chain([&hidden])),
        })
    }
}
