//! `kata check`

use std::fs;

use kata_course::{Exercise, Source};
use kata_grader::{Cache, Grader, Toolchain};
use kata_protocol::report::Report;
use kata_report::{json, junit, screen};
use kata_sandbox::Warden;
use tokio_util::sync::CancellationToken;

use crate::{
    Exit,
    arguments::{Check, Format},
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
    let exercises = chosen(check, &session)?;
    let source = check.source();
    let grader = Grader {
        toolchain: Toolchain::discover(&session.course.root).await?,
        cache: Cache::open()?,
        course: session.course.clone(),
        warden: Warden::this_executable(),
        cancel: cancel.clone(),
        use_results: !check.no_cache,
    };
    let mut reports = Vec::new();
    for exercise in &exercises {
        let report = grade(&grader, exercise, &source).await?;
        if source == Source::Learner && report.verdict.is_pass() {
            record_solved(&mut session.progress, exercise, output);
        }
        match check.format {
            Format::Human => output.print(&screen_of(
                &report,
                &session,
                exercise,
                &source,
                output,
                reports.is_empty(),
            ))?,
            Format::Json => output.print(&format!("{}\n", json::to_json(&report)))?,
            Format::Junit => {}
        }
        reports.push(report);
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

fn chosen(check: &Check, session: &Session) -> anyhow::Result<Vec<Exercise>> {
    if check.all {
        return Ok(session.course.exercises.clone());
    }
    if check.slugs.is_empty() {
        return Ok(vec![session.exercise(None)?.clone()]);
    }
    let named = check
        .slugs
        .iter()
        .map(|slug| session.exercise(Some(slug)).cloned());
    Ok(named.collect::<Result<_, _>>()?)
}

async fn grade(grader: &Grader, exercise: &Exercise, source: &Source) -> Result<Report, kata_grader::Error> {
    let progress = Progress::start();
    grader
        .grade(exercise, source, &|event| progress.show(event))
        .await
}

/// Remembers a pass. Where that cannot be written down, the verdict stands all the same.
fn record_solved(learned: &mut kata_course::Progress, exercise: &Exercise, output: &Output) {
    if learned.is_solved(&exercise.slug) {
        return;
    }
    if let Err(error) = learned.record_solved(exercise) {
        output.warn(&anyhow::Error::from(error).context("the pass is not remembered"));
    }
}

fn screen_of(
    report: &Report,
    session: &Session,
    exercise: &Exercise,
    source: &Source,
    output: &Output,
    first: bool,
) -> String {
    // The lines around a place are those of the file that was graded.
    let sources = |shown: &str| {
        let located = kata_course::locate(&session.course, exercise, source).ok()?;
        let file = located
            .files
            .iter()
            .find(|file| shown.ends_with(file.file.as_str()))?;
        fs::read_to_string(&file.path).ok()
    };
    let learner = screen::Learner {
        sources: Some(&sources),
        hints_seen: session.progress.hints_shown(&exercise.slug),
    };
    let gap = if first { "" } else { "\n" };
    format!("{gap}{}", screen::render(report, &learner, &output.style))
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
