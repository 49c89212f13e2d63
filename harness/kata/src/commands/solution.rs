//! `kata solution`

use std::fs;

use anyhow::Context;
use kata_course::Source;
use kata_report::solution::{Solution, solution};

use crate::{
    Exit,
    output::Output,
    session::{Session, seen_from_here},
};

/// The reference solution, once the exercise is solved.
pub(crate) fn run(session: &Session, slug: &str, output: &Output) -> anyhow::Result<Exit> {
    let exercise = session.exercise(Some(slug))?;
    if !session.progress.is_solved(slug) {
        output.print(&solution(&Solution::Locked { slug }, &output.style))?;
        return Ok(Exit::NotPassed);
    }
    let mut files = Vec::new();
    for file in kata_course::locate(&session.course, exercise, &Source::Solution)?.files {
        let shown = seen_from_here(&file.path).display().to_string();
        let text = fs::read_to_string(&file.path).with_context(|| format!("{shown} cannot be read"))?;
        files.push((shown, text));
    }
    output.print(&solution(
        &Solution::Open {
            slug,
            title: &exercise.title,
            files: &files,
        },
        &output.style,
    ))?;
    Ok(Exit::Passed)
}
