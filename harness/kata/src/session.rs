//! What every command begins with: the course, the learner's progress, and the exercise that is meant.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::Context;
use kata_course::{Course, Exercise, Progress};
use kata_grader::PINNED_CRATES;

/// A course, and how far its learner is.
pub(crate) struct Session {
    pub(crate) course: Course,
    pub(crate) progress: Progress,
}

/// A command that asks for something that there is not.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Misuse {
    /// No exercise has that name.
    #[error("there is no exercise `{slug}` in this course{}: `kata list` names them all", did_you_mean(.nearest.as_deref()))]
    NoExercise { slug: String, nearest: Option<String> },
    /// No exercise is the current one.
    #[error(
        "everything is solved, so no exercise is the current one: name one, such as `kata check {example}`"
    )]
    NothingCurrent { example: String },
    /// The course has just begun.
    #[error("the course has no exercise yet: `kata course new SLUG` adds the first")]
    NoExercises,
    /// This machine does not confine programs well enough for strangers' code.
    #[error(
        "this machine confines programs in tier {tier} only, which is not enough for code of strangers (`--untrusted`):\n{missing}"
    )]
    NotForStrangers {
        tier: kata_sandbox::Tier,
        missing: String,
    },
    /// A course is to be written where something is already.
    #[error("{} is not empty: name a folder that is not there yet; nothing was changed", .folder.display())]
    NotEmpty { folder: PathBuf },
    /// Something is to be shown on a terminal, and there is none.
    #[error("there is no terminal to watch on: `kata check {slug}` grades once")]
    NoTerminal { slug: String },
    /// No failing schedule is kept.
    #[error("{}", nothing_to_replay(.slug.as_deref()))]
    NothingToReplay { slug: Option<String> },
    /// The test did not fail under a schedule.
    #[error(
        "the last failure of `{slug}` has no schedule of a test `{test}`: it has one of {}",
        .tests.join(", ")
    )]
    NoSuchSchedule {
        slug: String,
        test: String,
        tests: Vec<String>,
    },
}

fn nothing_to_replay(slug: Option<&str>) -> String {
    let (of, check) = match slug {
        Some(slug) => (format!(" of `{slug}`"), format!("kata check {slug}")),
        None => (" in this course".to_owned(), "kata check".to_owned()),
    };
    format!(
        "there is nothing to replay: no failing schedule{of} is kept. When a test of threads fails, `{check}` keeps the \
         schedule that it fails under"
    )
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest
        .map(|nearest| format!(" (did you mean `{nearest}`?)"))
        .unwrap_or_default()
}

impl Session {
    /// Loads the course in `folder`, or else the nearest one upward.
    pub(crate) fn open(folder: Option<&Path>) -> anyhow::Result<Session> {
        let folder = match folder {
            Some(folder) => folder.to_owned(),
            None => nearest()?,
        };
        let course = Course::load(&folder, PINNED_CRATES)?;
        let progress = Progress::load(&course.root)?;
        Ok(Session { course, progress })
    }

    /// The exercise of that name, or else the current one.
    pub(crate) fn exercise(&self, slug: Option<&str>) -> Result<&Exercise, Misuse> {
        let Some(slug) = slug else {
            return self.current().ok_or_else(|| match self.course.exercises.first() {
                Some(first) => Misuse::NothingCurrent {
                    example: first.slug.clone(),
                },
                None => Misuse::NoExercises,
            });
        };
        self.course.exercise(slug).ok_or_else(|| Misuse::NoExercise {
            slug: slug.to_owned(),
            nearest: self.course.nearest_slug(slug).map(str::to_owned),
        })
    }

    /// The exercises of these names; all of them where none is named.
    pub(crate) fn exercises(&self, slugs: &[String]) -> Result<Vec<Exercise>, Misuse> {
        if slugs.is_empty() {
            return Ok(self.course.exercises.clone());
        }
        let named = slugs.iter().map(|slug| self.exercise(Some(slug)).cloned());
        named.collect()
    }

    /// The exercise that the learner is at; `None` when everything is solved.
    pub(crate) fn current(&self) -> Option<&Exercise> {
        kata_course::current(&self.course, &self.progress)
    }
}

/// A path as it can be opened from where the learner is.
pub(crate) fn seen_from_here(path: &Path) -> PathBuf {
    let here = env::current_dir()
        .and_then(|here| here.canonicalize())
        .unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

fn nearest() -> anyhow::Result<PathBuf> {
    let here = env::current_dir().context("the current folder cannot be found")?;
    Ok(Course::find(&here)?)
}
