//! `kata check`

use kata_course::{Exercise, Source};
use kata_grader::{Failures, Graded, Grader};
use kata_protocol::report::Report;
use kata_report::{
    json, junit,
    screen::{self, Learner},
};
use tokio_util::sync::CancellationToken;

use crate::{
    Exit,
    arguments::{Check, Format},
    grading,
    output::Output,
    progress::Progress,
    session::Session,
};

/// Grades the exercises one after the other; each one's tests run at once.
pub(crate) async fn run(
    check: &Check,
    mut session: Session,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    let exercises = match (check.all, check.slugs.is_empty()) {
        (false, true) => vec![session.exercise(None)?.clone()],
        _ => session.exercises(&check.slugs)?,
    };
    let source = check.source();
    let grader = grading::grader(&session, check.confine(), !check.no_cache, cancel).await?;
    let failures = Failures::of(&grader.cache, &session.course);
    let mut reports = Vec::new();
    for exercise in &exercises {
        let graded = grade(&grader, exercise, &source).await?;
        let mut replay = None;
        if source == Source::Learner {
            let remembered = remember(&mut session, &failures, exercise, &graded);
            for warning in &remembered.warnings {
                output.warn(warning);
            }
            replay = remembered
                .replay
                .then(|| replay_command(exercise, exercises.len()));
        }
        match check.format {
            Format::Human => {
                let learner = Learner {
                    sources: Some(&|shown| graded.source(shown).map(str::to_owned)),
                    hints_seen: session.progress.hints_shown(&exercise.slug),
                    replay: replay.as_deref(),
                };
                let gap = if reports.is_empty() { "" } else { "\n" };
                let screen = screen::render(&graded.report, &learner, &output.style);
                output.print(&format!("{gap}{screen}"))?;
            }
            Format::Json => output.print(&format!("{}\n", json::to_json(&graded.report)))?,
            Format::Junit => {}
        }
        reports.push(graded.report);
    }
    match check.format {
        Format::Junit => output.print(&junit::to_junit(&reports))?,
        Format::Human if reports.len() > 1 => {
            output.print(&format!("\n{}", screen::summary(&reports, &output.style)))?;
        }
        Format::Human | Format::Json => {}
    }
    Ok(exit(&reports))
}

async fn grade(grader: &Grader, exercise: &Exercise, source: &Source) -> Result<Graded, kata_grader::Error> {
    let progress = Progress::start();
    grader
        .grade(exercise, source, &|event| progress.show(event))
        .await
}

/// What is remembered of a check of the learner's own version. Where something cannot be written down, the verdict stands all the same.
pub(super) struct Remembered {
    /// Whether there is a failing schedule to be replayed.
    pub(super) replay: bool,
    /// What could not be written down.
    pub(super) warnings: Vec<anyhow::Error>,
}

/// Remembers a pass, and the schedules that a check failed under.
pub(super) fn remember(
    session: &mut Session,
    failures: &Failures,
    exercise: &Exercise,
    graded: &Graded,
) -> Remembered {
    let mut warnings = Vec::new();
    if graded.report.verdict.is_pass()
        && !session.progress.is_solved(&exercise.slug)
        && let Err(error) = session.progress.record_solved(exercise)
    {
        warnings.push(anyhow::Error::from(error).context("the pass is not remembered"));
    }
    let replay = failures.keep(graded).unwrap_or_else(|error| {
        warnings.push(anyhow::Error::from(error).context("the failing schedule cannot be replayed"));
        false
    });
    Remembered { replay, warnings }
}

/// What replays the failure of one of so many exercises: the last one needs no name, and which that is is not known yet.
fn replay_command(exercise: &Exercise, of: usize) -> String {
    match of {
        1 => "kata replay".to_owned(),
        _ => format!("kata replay {}", exercise.slug),
    }
}

/// A fault of the harness outweighs whatever failed besides.
fn exit(reports: &[Report]) -> Exit {
    if reports.iter().any(Report::is_fault_of_harness) {
        Exit::Harness
    } else if reports.iter().all(|report| report.verdict.is_pass()) {
        Exit::Passed
    } else {
        Exit::NotPassed
    }
}
