//! `kata reset`

use kata_report::reset;

use crate::{Exit, output::Output, session::Session};

/// Back to the starter; the learner's version is kept.
pub(crate) fn run(session: &Session, slug: &str, output: &Output) -> anyhow::Result<Exit> {
    let exercise = session.exercise(Some(slug))?;
    let done = kata_course::reset(&session.course, exercise)?;
    let shown = |path: &std::path::PathBuf| session.from_here(path).display().to_string();
    let files: Vec<String> = done.restored.iter().map(shown).collect();
    let set_aside = done.set_aside.as_ref().map(shown);
    let result = reset::Reset { slug, files: &files, set_aside: set_aside.as_deref() };
    output.print(&reset::reset(&result, &output.style))?;
    Ok(Exit::Passed)
}
