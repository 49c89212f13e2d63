//! `kata next` and `kata show`

use std::fs;

use anyhow::Context;
use kata_course::Exercise;
use kata_report::{
    Style,
    task::{self, Next, Task},
};

use crate::{
    Exit,
    output::Output,
    session::{Misuse, Session, seen_from_here},
};

/// The current kata, or that there is none left.
pub(crate) fn next(session: &Session, output: &Output) -> anyhow::Result<Exit> {
    if session.course.exercises.is_empty() {
        return Err(Misuse::NoExercises.into());
    }
    output.print(&text(session, session.current(), &output.style)?)?;
    Ok(Exit::Passed)
}

/// The screen of `kata next` for this exercise, or for none.
pub(super) fn text(session: &Session, exercise: Option<&Exercise>, style: &Style) -> anyhow::Result<String> {
    Ok(match exercise {
        Some(exercise) => {
            let page = Page::read(session, exercise)?;
            task::next(&Next::Task(page.task()), style)
        }
        None => {
            let (course, exercises) = (&*session.course.title, session.course.exercises.len());
            task::next(&Next::AllSolved { course, exercises }, style)
        }
    })
}

/// A task again.
pub(crate) fn show(session: &Session, slug: Option<&str>, output: &Output) -> anyhow::Result<Exit> {
    let page = Page::read(session, session.exercise(slug)?)?;
    output.print(&task::show(&page.task(), &output.style))?;
    Ok(Exit::Passed)
}

/// What a task's screen is made of.
struct Page<'a> {
    exercise: &'a Exercise,
    track: &'a str,
    place: kata_course::Place,
    readme: String,
    files: Vec<String>,
    solved: bool,
}

impl Page<'_> {
    fn read<'a>(session: &'a Session, exercise: &'a Exercise) -> anyhow::Result<Page<'a>> {
        let layout = session.course.layout(exercise);
        let readme = layout.readme();
        let text =
            fs::read_to_string(&readme).with_context(|| format!("{} cannot be read", readme.display()))?;
        let folder = layout.exercise();
        let file =
            |file: &kata_course::RelativePath| seen_from_here(&folder.join(file)).display().to_string();
        Ok(Page {
            exercise,
            track: session
                .course
                .track(exercise)
                .map_or(&*exercise.track, |track| &*track.title),
            place: session.course.place(exercise),
            readme: text,
            files: exercise.editable.iter().map(file).collect(),
            solved: session.progress.is_solved(&exercise.slug),
        })
    }

    fn task(&self) -> Task<'_> {
        Task {
            slug: &self.exercise.slug,
            title: &self.exercise.title,
            track: self.track,
            number: self.place.number,
            of: self.place.of,
            readme: &self.readme,
            files: &self.files,
            hints: self.exercise.hints.len(),
            solved: self.solved,
        }
    }
}
