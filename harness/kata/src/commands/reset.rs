//! `kata reset`

use std::path::PathBuf;

use kata_course::Reset;
use kata_report::reset;

use crate::{
    Exit,
    output::Output,
    session::{Session, seen_from_here},
};

/// Back to the starter; the learner's version is kept.
pub(crate) fn run(session: &Session, slug: &str, output: &Output) -> anyhow::Result<Exit> {
    let exercise = session.exercise(Some(slug))?;
    let (restored, set_aside) = match kata_course::reset(&session.course, exercise)? {
        Reset::Unchanged => (Vec::new(), Vec::new()),
        Reset::Done { restored, set_aside } => (restored, set_aside),
    };
    let shown = |path: &PathBuf| seen_from_here(path).display().to_string();
    let files: Vec<String> = restored.iter().map(shown).collect();
    let kept: Vec<String> = set_aside.iter().map(shown).collect();
    let result = reset::Reset {
        slug,
        files: &files,
        set_aside: &kept,
    };
    output.print(&reset::reset(&result, &output.style))?;
    Ok(Exit::Passed)
}
