//! The screen of `kata list`, and its JSON: the tracks with what is done.

use serde::Serialize;
use textwrap::core::display_width;

use kata_untrusted::clean_line;

use crate::{
    page::{Page, by_word, cut, fill},
    style::{Style, Tone},
};

/// A course with what its learner has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The course's title.
    pub title: String,
    /// Its tracks, in its order.
    pub tracks: Vec<Track>,
}

/// A track and its exercises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Track {
    /// The track's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its exercises, in the course's order.
    pub exercises: Vec<Exercise>,
}

/// An exercise in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Exercise {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// How far the learner is with it.
    pub state: State,
    /// The slugs that must be solved before it, and are not; for a locked exercise.
    pub after: Vec<String>,
}

/// How far a learner is with an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It passed.
    Solved,
    /// The one that `kata next` shows.
    Current,
    /// It can be begun.
    Open,
    /// Others come first.
    Locked,
}

impl State {
    fn sign(self) -> (Tone, &'static str) {
        match self {
            State::Solved => (Tone::Good, "✓"),
            State::Current => (Tone::Code, "→"),
            State::Open => (Tone::Text, "·"),
            State::Locked => (Tone::Faint, "–"),
        }
    }
}

impl Track {
    fn solved(&self) -> usize {
        let solved = self
            .exercises
            .iter()
            .filter(|exercise| exercise.state == State::Solved);
        solved.count()
    }
}

impl Course {
    fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.tracks.iter().flat_map(|track| &track.exercises)
    }

    fn solved(&self) -> usize {
        self.tracks.iter().map(Track::solved).sum()
    }
}

/// The screen of `kata list`.
pub fn list(course: &Course, style: &Style) -> String {
    let mut page = Page::new(style);
    let total = course.exercises().count();
    let title = clean_line(&course.title);
    let title = by_word(&title, |word| style.paint(Tone::Heading, word));
    page.edges(&title, &format!("{} of {total} solved", course.solved()));
    let widest = course
        .exercises()
        .map(|exercise| display_width(&clean_line(&exercise.slug)));
    let widest = widest.max().unwrap_or(0).min(style.width / 2);
    for track in &course.tracks {
        page.gap();
        let title = clean_line(&track.title);
        let title = by_word(&title, |word| style.paint(Tone::Heading, word));
        page.edges(
            &title,
            &format!("{} of {}", track.solved(), track.exercises.len()),
        );
        for exercise in &track.exercises {
            row(&mut page, exercise, widest);
        }
    }
    page.gap();
    page.edges(&format!("  {}", legend(course)), &what_next(course));
    page.finish()
}

/// `  ✓ slug   Title`, and for a locked exercise what comes first.
fn row(page: &mut Page, exercise: &Exercise, widest: usize) {
    let style = page.style();
    let (tone, sign) = exercise.state.sign();
    let slug = clean_line(&exercise.slug);
    let left = format!("  {} {}", style.paint(tone, sign), fill(&slug, widest));
    let room = style.width.saturating_sub(widest + 7);
    let title = clean_line(&exercise.title);
    if exercise.after.is_empty() {
        page.line(format!("{left}   {}", cut(&title, room)));
        return;
    }
    let first: Vec<_> = exercise.after.iter().map(|slug| clean_line(slug)).collect();
    page.edges(
        &format!("{left}   {}", cut(&title, room)),
        &format!("after {}", first.join(", ")),
    );
}

/// Explains the signs that stand in the list.
fn legend(course: &Course) -> String {
    let words = [
        (State::Solved, "✓ solved"),
        (State::Current, "→ next"),
        (State::Open, "· open"),
        (State::Locked, "– later"),
    ];
    let used = words
        .iter()
        .filter(|(state, _)| course.exercises().any(|exercise| exercise.state == *state));
    used.map(|(_, words)| *words).collect::<Vec<_>>().join("   ")
}

fn what_next(course: &Course) -> String {
    match course
        .exercises()
        .find(|exercise| exercise.state == State::Current)
    {
        Some(current) => format!("kata next for {}", clean_line(&current.slug)),
        None if course.exercises().next().is_none() => "There is no exercise yet.".to_owned(),
        None => "Everything is solved!".to_owned(),
    }
}

/// The list as one line of JSON, without the end of the line; `docs/list.schema.json` describes it.
pub fn list_json(course: &Course) -> String {
    let list = List {
        schema: SCHEMA,
        title: &course.title,
        solved: course.solved(),
        exercises: course.exercises().count(),
        tracks: &course.tracks,
    };
    serde_json::to_string(&list).expect("strings and numbers always have a JSON form")
}

/// The number in `schema`; see [`crate::json::SCHEMA`].
const SCHEMA: u32 = 1;

/// A course with what its learner has done, as `kata list --format json` prints it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct List<'a> {
    /// The version of this format.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: u32,
    /// The course's title.
    title: &'a str,
    /// How many exercises are solved.
    solved: usize,
    /// How many exercises there are.
    exercises: usize,
    /// The tracks, in the course's order.
    tracks: &'a [Track],
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    fn exercise(slug: &str, title: &str, state: State, after: &[&str]) -> Exercise {
        Exercise {
            slug: slug.to_owned(),
            title: title.to_owned(),
            state,
            after: after.iter().map(|slug| (*slug).to_owned()).collect(),
        }
    }

    fn course() -> Course {
        let threads = vec![
            exercise("spawn-join", "Spawn and join", State::Solved, &[]),
            exercise("worker-thread", "A worker of its own", State::Open, &[]),
        ];
        let asynchronous = vec![
            exercise("greet", "Wait without blocking", State::Current, &[]),
            exercise("gather", "All at once, in order", State::Locked, &["greet"]),
            exercise(
                "tasks",
                "Be told when tasks end, one way or the other",
                State::Locked,
                &["greet", "gather"],
            ),
        ];
        Course {
            title: "Concurrency, kata by kata".to_owned(),
            tracks: vec![
                Track {
                    id: "threads".to_owned(),
                    title: "Threads".to_owned(),
                    exercises: threads,
                },
                Track {
                    id: "async".to_owned(),
                    title: "Async".to_owned(),
                    exercises: asynchronous,
                },
            ],
        }
    }

    fn solved() -> Course {
        let mut course = course();
        for exercise in course.tracks.iter_mut().flat_map(|track| &mut track.exercises) {
            exercise.state = State::Solved;
            exercise.after.clear();
        }
        course
    }

    #[test]
    fn the_list_shows_what_is_done_and_what_is_next() {
        insta::assert_snapshot!("list_80", list(&course(), &Style::plain(80)));
        insta::assert_snapshot!("list_120", list(&course(), &Style::plain(120)));
    }

    #[test]
    fn the_list_says_when_everything_is_solved() {
        insta::assert_snapshot!("list_solved_80", list(&solved(), &Style::plain(80)));
    }

    #[test]
    fn a_narrow_terminal_gets_the_same_facts() {
        let screen = list(&course(), &Style::plain(20));
        for fact in [
            "✓ spawn-join",
            "→ greet",
            "after greet",
            "kata next for",
            "1 of 5",
        ] {
            assert!(screen.contains(fact), "{screen}");
        }
    }

    #[test]
    fn the_json_fits_its_schema() {
        schema::assert_current::<List<'_>>("list.schema.json");
        let validator = schema::validator::<List<'_>>();
        for course in [course(), solved()] {
            let json = serde_json::from_str(&list_json(&course)).unwrap();
            assert!(validator.is_valid(&json), "{json}");
        }
        insta::assert_snapshot!("list_json", list_json(&course()));
    }
}
