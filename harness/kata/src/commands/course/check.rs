//! `kata course check`: every submission of the course is graded, as many at once as there are cores.

use std::{sync::Arc, thread};

use anyhow::Context;
use kata_course::{Exercise, Source};
use kata_grader::Grader;
use kata_protocol::report::{Phases, Report, Sandbox};
use kata_report::{course, json};
use tokio::{sync::Semaphore, task::JoinSet};
use tokio_util::sync::CancellationToken;

use super::{examine, format::Formatter};
use crate::{
    Exit,
    arguments::{CourseCheck, ListFormat},
    grading::{self, Confine},
    output::Output,
    progress::Progress,
    session::Session,
};

/// What came of grading one submission, as often as was asked for.
pub(super) struct Outcome {
    /// Whose it is.
    pub(super) source: Source,
    /// What it got the first time.
    pub(super) report: Report,
    /// The first other result that it got, if it ever got another one.
    pub(super) other: Option<Report>,
}

/// What came of grading an exercise.
pub(super) struct Graded {
    /// That of each submission, but for those that could not be graded because of the hidden tests.
    pub(super) outcomes: Vec<Outcome>,
    /// What the compiler says of hidden tests that do not compile.
    pub(super) broken_tests: Option<String>,
}

/// Grades all submissions, and says what is off.
pub(super) async fn run(
    asked: &CourseCheck,
    session: &Session,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    let exercises = session.exercises(&asked.slugs)?;
    let repeat = asked.repeat.get();
    // An answer of before proves nothing of now.
    let grader = grading::grader(session, Confine::AsGoodAsItGets, false, cancel).await?;
    let progress = Progress::start();
    // Once, and not by the first submissions of all exercises at once.
    let show = |event| progress.show(event);
    grader.prepare(&exercises, &show).await?;
    let graded = grade_all(&grader, &exercises, repeat, &progress).await?;
    let formatter = Formatter::find(&grader.toolchain, &session.course).await?;
    let mut checked = Vec::new();
    for (exercise, graded) in exercises.iter().zip(&graded) {
        let mut examined = examine::examine(&session.course, exercise, graded);
        if let Some(formatter) = &formatter {
            examined.faults.extend(formatter.faults(exercise).await?);
            examined.format_checked = true;
        }
        checked.push(examined);
    }
    drop(progress);
    match asked.format {
        ListFormat::Human => output.print(&course::checked(&checked, repeat, &output.style))?,
        ListFormat::Json => {
            for exercise in &checked {
                output.print(&format!("{}\n", course::checked_json(exercise, repeat)))?;
            }
        }
    }
    let good = checked.iter().all(|exercise| exercise.faults.is_empty());
    Ok(if good { Exit::Passed } else { Exit::NotPassed })
}

/// How many submissions are graded at once for each core. Some only wait: for a limit of time to pass.
const FOR_A_CORE: usize = 2;

/// How many submissions are graded at once.
pub(super) fn at_once() -> usize {
    thread::available_parallelism().map_or(1, usize::from) * FOR_A_CORE
}

/// Every submission of an exercise.
fn sources(exercise: &Exercise) -> Vec<Source> {
    let wrong = exercise.wrong.iter().map(|wrong| &wrong.name);
    let right = exercise.right.iter().map(|right| &right.name);
    [Source::Starter, Source::Solution]
        .into_iter()
        .chain(wrong.cloned().map(Source::Wrong))
        .chain(right.cloned().map(Source::Right))
        .collect()
}

/// Grades everything; the outcomes are in the order of the exercises, and of the submissions of each.
async fn grade_all(
    grader: &Grader,
    exercises: &[Exercise],
    repeat: usize,
    progress: &Progress,
) -> anyhow::Result<Vec<Graded>> {
    let turns = Arc::new(Semaphore::new(at_once()));
    let mut running = JoinSet::new();
    let mut outcomes: Vec<Vec<Option<Outcome>>> = Vec::new();
    let mut broken: Vec<Option<String>> = vec![None; exercises.len()];
    for (number, exercise) in exercises.iter().enumerate() {
        let all = sources(exercise);
        outcomes.push(all.iter().map(|_| None).collect());
        for (place, source) in all.into_iter().enumerate() {
            let (grader, exercise, turns) = (grader.clone(), exercise.clone(), Arc::clone(&turns));
            running.spawn(async move {
                let _turn = turns.acquire().await;
                let outcome = grade(&grader, &exercise, &source, repeat).await;
                let told = || format!("{source} of `{}` cannot be graded", exercise.slug);
                (number, place, outcome.with_context(told))
            });
        }
    }
    progress.begin("grading the submissions of the course", running.len());
    while let Some(joined) = running.join_next().await {
        let (number, place, outcome) = joined.context("a check of a submission broke off")?;
        match outcome {
            Ok(outcome) => outcomes[number][place] = Some(outcome),
            // A fault of one exercise: what is off with the others is to be said as well.
            Err(error) => match error.downcast_ref::<kata_grader::Error>() {
                Some(kata_grader::Error::BrokenTests { said, .. }) => broken[number] = Some(said.clone()),
                _ => return Err(error),
            },
        }
        progress.one_more();
    }
    let whole = |(outcomes, broken_tests): (Vec<Option<Outcome>>, _)| Graded {
        outcomes: outcomes.into_iter().flatten().collect(),
        broken_tests,
    };
    Ok(outcomes.into_iter().zip(broken).map(whole).collect())
}

/// Grades one submission, and compares the results.
async fn grade(
    grader: &Grader,
    exercise: &Exercise,
    source: &Source,
    repeat: usize,
) -> anyhow::Result<Outcome> {
    let mut reports = grader.grade_often(exercise, source, repeat).await?.into_iter();
    let report = reports.next().context("there is a result of each submission")?;
    let first = lasting(&report);
    Ok(Outcome {
        source: source.clone(),
        report,
        other: reports.find(|report| lasting(report) != first),
    })
}

/// The result as it has to be each time: without what depends on the machine.
fn lasting(report: &Report) -> String {
    json::to_json(&Report {
        sandbox: Sandbox::default(),
        cached: false,
        phases_ms: Phases::default(),
        ..report.clone()
    })
}
