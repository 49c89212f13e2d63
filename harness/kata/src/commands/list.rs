//! `kata list`

use kata_course::{Course, Exercise, Track};
use kata_report::{
    Style,
    list::{self, State},
};

use crate::{Exit, arguments::ListFormat, output::Output, session::Session};

/// The tracks, with what is done.
pub(crate) fn run(session: &Session, format: ListFormat, output: &Output) -> anyhow::Result<Exit> {
    let course = listed(session);
    let text = match format {
        ListFormat::Human => list::list(&course, &output.style),
        ListFormat::Json => format!("{}\n", list::list_json(&course)),
    };
    output.print(&text)?;
    Ok(Exit::Passed)
}

/// The screen of the list.
pub(super) fn text(session: &Session, style: &Style) -> String {
    list::list(&listed(session), style)
}

fn listed(session: &Session) -> list::Course {
    let course: &Course = &session.course;
    let of_track = |track: &Track| list::Track {
        id: track.id.clone(),
        title: track.title.clone(),
        exercises: course
            .exercises
            .iter()
            .filter(|exercise| exercise.track == track.id)
            .map(|exercise| row(session, exercise))
            .collect(),
    };
    list::Course {
        title: course.title.clone(),
        tracks: course.tracks.iter().map(of_track).collect(),
    }
}

fn row(session: &Session, exercise: &Exercise) -> list::Exercise {
    let unsolved = |slug: &&String| !session.progress.is_solved(slug);
    let after: Vec<String> = exercise.after.iter().filter(unsolved).cloned().collect();
    let is_current = session
        .current()
        .is_some_and(|current| current.slug == exercise.slug);
    let (state, after) = match () {
        () if session.progress.is_solved(&exercise.slug) => (State::Solved, Vec::new()),
        () if is_current => (State::Current, Vec::new()),
        () if after.is_empty() => (State::Open, after),
        () => (State::Locked, after),
    };
    list::Exercise {
        slug: exercise.slug.clone(),
        title: exercise.title.clone(),
        state,
        after,
    }
}
