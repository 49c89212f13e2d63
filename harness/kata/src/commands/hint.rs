//! `kata hint`

use kata_report::hint::{Hints, hint};

use crate::{Exit, output::Output, session::Session};

/// The next hint; that it was shown is remembered.
pub(crate) fn run(mut session: Session, slug: Option<&str>, output: &Output) -> anyhow::Result<Exit> {
    let exercise = session.exercise(slug)?.clone();
    let seen = session.progress.hints_shown(&exercise.slug);
    let hints = Hints {
        slug: &exercise.slug,
        all: &exercise.hints,
        seen,
    };
    output.print(&hint(&hints, &output.style))?;
    if seen < exercise.hints.len()
        && let Err(error) = session.progress.record_hint(&exercise, seen + 1)
    {
        output.warn(&anyhow::Error::from(error).context("the next call shows this hint again"));
    }
    Ok(Exit::Passed)
}
