//! `kata replay`

mod keys;
mod walk;

use std::fs;

use kata_course::Course;
use kata_grader::{Cache, Failures, Graded};
use kata_protocol::report::TestReport;
use kata_report::replay;
use tokio_util::sync::CancellationToken;

use crate::{
    Exit,
    arguments::{Replay, ReplayFormat},
    full_screen::FullScreen,
    output::Output,
    session::{Misuse, Session},
};

/// The last failing schedule again: on a terminal to be walked through, otherwise as text.
pub(crate) async fn run(
    session: &Session,
    asked: &Replay,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    let (slug, failure) = find(session, asked)?;
    let test = chosen(&slug, &failure, asked.test.as_deref())?;
    let sources = |shown: &str| failure.source(shown).map(str::to_owned);
    let changed = has_changed(&session.course, &failure);
    let Some(replay) = replay::Replay::of(&slug, test, &sources, changed) else {
        return Err(Misuse::NothingToReplay { slug: Some(slug) }.into());
    };
    if asked.format == ReplayFormat::Human && FullScreen::is_possible() {
        return walk::run(&replay, output, cancel).await;
    }
    output.print(&replay::text(&replay, &output.style))?;
    Ok(Exit::Passed)
}

/// The failure that is meant: that of the exercise, or else the last one of all.
fn find(session: &Session, asked: &Replay) -> anyhow::Result<(String, Graded)> {
    let failures = Failures::of(&Cache::open()?, &session.course);
    let slug = match &asked.slug {
        Some(slug) => session.exercise(Some(slug))?.slug.clone(),
        None => failures.last().ok_or(Misuse::NothingToReplay { slug: None })?,
    };
    match failures.load(&slug) {
        Some(failure) => Ok((slug, failure)),
        None => Err(Misuse::NothingToReplay { slug: Some(slug) }.into()),
    }
}

/// The test of that name, or else the first.
fn chosen<'a>(slug: &str, failure: &'a Graded, name: Option<&str>) -> Result<&'a TestReport, Misuse> {
    let mut tests = failure.report.tests.iter().filter(|test| test.trace.is_some());
    let Some(name) = name else {
        return tests.next().ok_or_else(|| Misuse::NothingToReplay {
            slug: Some(slug.to_owned()),
        });
    };
    let names = tests.clone().map(|test| test.name.clone()).collect();
    tests
        .find(|test| test.name == name)
        .ok_or_else(|| Misuse::NoSuchSchedule {
            slug: slug.to_owned(),
            test: name.to_owned(),
            tests: names,
        })
}

/// Whether a source that was graded is not what it was any more.
fn has_changed(course: &Course, failure: &Graded) -> bool {
    failure.sources.iter().any(|source| {
        let now = fs::read_to_string(course.root.join(&source.shown));
        now.ok().as_ref() != Some(&source.text)
    })
}
