//! `kata hint`

use kata_course::Exercise;
use kata_report::{
    Style,
    hint::{Hints, hint},
};

use crate::{Exit, output::Output, session::Session};

/// The next hint; that it was shown is remembered.
pub(crate) fn run(mut session: Session, slug: Option<&str>, output: &Output) -> anyhow::Result<Exit> {
    let exercise = session.exercise(slug)?.clone();
    let (text, warning) = next(&mut session, &exercise, &output.style);
    output.print(&text)?;
    if let Some(warning) = warning {
        output.warn(&warning);
    }
    Ok(Exit::Passed)
}

/// The screen of the next hint, and what went wrong with remembering that it was shown.
pub(super) fn next(
    session: &mut Session,
    exercise: &Exercise,
    style: &Style,
) -> (String, Option<anyhow::Error>) {
    let seen = session.progress.hints_shown(&exercise.slug);
    let hints = Hints {
        slug: &exercise.slug,
        all: &exercise.hints,
        seen,
    };
    let text = hint(&hints, style);
    let told = |error| anyhow::Error::from(error).context("the next call shows this hint again");
    let warning = match seen < exercise.hints.len() {
        true => session.progress.record_hint(exercise, seen + 1).err().map(told),
        false => None,
    };
    (text, warning)
}
