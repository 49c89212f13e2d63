//! A course without a fault. Everything in here was checked by [`Course::load`]; nothing needs a second look.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use kata_protocol::{Caps, Kind, Verdict};

use crate::{Layout, Limits, RelativePath};

/// A course: its exercises in the order of `course.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The folder that holds `course.toml`, as an absolute path.
    pub root: PathBuf,
    /// The course's stable name.
    pub id: String,
    /// The course's name for people.
    pub title: String,
    /// The edition that submissions are compiled with.
    pub edition: Edition,
    /// The tracks, in the order in which they are shown.
    pub tracks: Vec<Track>,
    /// The exercises, in the order in which they are done.
    pub exercises: Vec<Exercise>,
}

impl Course {
    /// The exercise of that slug.
    pub fn exercise(&self, slug: &str) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| exercise.slug == slug)
    }

    /// The slug nearest to a misspelt one, for "did you mean".
    pub fn nearest_slug(&self, misspelt: &str) -> Option<&str> {
        crate::nearest::nearest(
            misspelt,
            self.exercises.iter().map(|exercise| exercise.slug.as_str()),
        )
    }

    /// The track of an exercise.
    pub fn track(&self, exercise: &Exercise) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == exercise.track)
    }

    /// Where the files of an exercise are.
    pub fn layout<'a>(&'a self, exercise: &'a Exercise) -> Layout<'a> {
        Layout::new(&self.root, &exercise.slug)
    }

    /// The exercise's place in the course, such as "7 of 30".
    pub fn place(&self, exercise: &Exercise) -> Place {
        let before = self
            .exercises
            .iter()
            .take_while(|other| other.slug != exercise.slug);
        Place {
            number: before.count() + 1,
            of: self.exercises.len(),
        }
    }

    /// The path as it reads from the course's folder; the path itself where it is elsewhere.
    pub fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

/// An exercise's place in its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub number: usize,
    /// How many exercises the course has.
    pub of: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.number, self.of)
    }
}

/// The edition of Rust that submissions are compiled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Rust 2021.
    Rust2021,
    /// Rust 2024.
    Rust2024,
}

impl Edition {
    /// Every edition that a course may use.
    pub const ALL: [Edition; 2] = [Edition::Rust2021, Edition::Rust2024];

    /// As `rustc --edition` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Edition::Rust2021 => "2021",
            Edition::Rust2024 => "2024",
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A group of exercises on one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// The name that exercises use.
    pub id: String,
    /// The name for people.
    pub title: String,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// The exercise's stable name; progress is kept under it.
    pub slug: String,
    /// The name for people.
    pub title: String,
    /// The track's id.
    pub track: String,
    /// Slugs of the exercises that are solved before this one. They form no cycle.
    pub after: Vec<String>,
    /// The files that the learner edits, relative to the crate; at least one.
    pub editable: Vec<RelativePath>,
    /// The crates that a submission may use besides std.
    pub crates: Vec<String>,
    /// What a submission may not use.
    pub forbid: Vec<Forbidden>,
    /// Hints, shown one at a time.
    pub hints: Vec<String>,
    /// The hidden tests, in the order in which they are reported; at least one.
    pub tests: Vec<Test>,
    /// Submissions that must fail; at least one.
    pub wrong: Vec<Wrong>,
    /// Submissions besides the solution that must pass.
    pub right: Vec<Right>,
    /// Mutants of the solution that are no mistake.
    pub equivalent: Vec<Equivalent>,
    /// The limits of a test that sets none of its own.
    pub limits: Limits,
    /// The caps of a test that sets none of its own.
    pub caps: Caps,
}

impl Exercise {
    /// The name of the library that a submission is compiled to: the slug with `_` for `-`.
    pub fn crate_name(&self) -> String {
        crate::names::crate_name(&self.slug)
    }

    /// The points of all tests; at least 1.
    pub fn points(&self) -> u32 {
        self.tests.iter().map(|test| test.points).sum()
    }

    /// Whether a submission is a program, `src/main.rs`, that its tests run; otherwise it is a library, `src/lib.rs`, that they call.
    pub fn is_program(&self) -> bool {
        self.tests.iter().any(|test| test.kind == Kind::Program)
    }

    /// The test of that name.
    pub fn test(&self, name: &str) -> Option<&Test> {
        self.tests.iter().find(|test| test.name == name)
    }
}

/// Something that a submission may not use.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Forbidden {
    /// The keyword `unsafe`.
    Unsafe,
    /// A path such as `std::process::exit`, and every path that begins with it.
    Path(String),
}

impl fmt::Display for Forbidden {
    /// As it stands in `course.toml`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Forbidden::Unsafe => "unsafe",
            Forbidden::Path(path) => path,
        })
    }
}

/// One hidden test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The function in `hidden.rs`.
    pub name: String,
    /// How it is run.
    pub kind: Kind,
    /// What it is worth; 0 is allowed.
    pub points: u32,
    /// The line for a learner whose submission fails here.
    pub feedback: String,
    /// What its process may use.
    pub limits: Limits,
    /// How far the schedules of its threads are searched.
    pub caps: Caps,
}

/// A wrong solution: a submission that must fail, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its name under `tests/<slug>/wrong/`, without `.rs`.
    pub name: String,
    /// The verdict that it must get.
    pub verdict: Verdict,
    /// The test that must catch it; `None` when no test is ever run (`compile_error`, `rejected`).
    pub test: Option<String>,
}

/// A right solution besides the reference: a submission that must pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// Its name under `tests/<slug>/right/`, without `.rs`.
    pub name: String,
}

/// A mutant of the solution that does what the solution does. Whether there is such a mutant is seen when mutants are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equivalent {
    /// The mutant's stable name.
    pub mutant: String,
    /// Why no test can catch it; not empty.
    pub reason: String,
}
