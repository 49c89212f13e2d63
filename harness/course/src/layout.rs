//! Where everything of an exercise is. No other file of kata puts these paths together.
//!
//! ```text
//! exercises/<slug>/            the learner's crate, with its README.md
//! solutions/<slug>/            the reference, as a crate
//! tests/<slug>/hidden.rs       the hidden tests
//! tests/<slug>/starter.rs      what the learner began with
//! tests/<slug>/wrong/NAME.rs   submissions that must fail
//! tests/<slug>/right/NAME.rs   submissions that must pass
//! set-aside/<slug>/<n>/        the learner's versions that `kata reset` replaced
//! ```
//!
//! Where an exercise has several editable files, `starter.rs` and each `NAME.rs` are folders `starter` and
//! `NAME` that hold them at the same relative paths.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::{Course, Exercise, RelativePath, nearest::nearest};

/// The paths of one exercise.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    root: &'a Path,
    slug: &'a str,
}

impl<'a> Layout<'a> {
    /// The exercise of that slug in the course at `root`.
    pub(crate) fn new(root: &'a Path, slug: &'a str) -> Self {
        Layout { root, slug }
    }

    fn of(&self, folder: &str) -> PathBuf {
        self.root.join(folder).join(self.slug)
    }

    /// The learner's crate.
    pub fn exercise(&self) -> PathBuf {
        self.of("exercises")
    }

    /// The manifest of the learner's crate.
    pub fn manifest(&self) -> PathBuf {
        self.exercise().join("Cargo.toml")
    }

    /// The task.
    pub fn readme(&self) -> PathBuf {
        self.exercise().join("README.md")
    }

    /// The crate of the reference solution.
    pub fn solution(&self) -> PathBuf {
        self.of("solutions")
    }

    /// The folder of the hidden tests, the starter, wrong and right solutions.
    pub fn tests(&self) -> PathBuf {
        self.of("tests")
    }

    /// The hidden tests.
    pub fn hidden(&self) -> PathBuf {
        self.tests().join("hidden.rs")
    }

    /// The learner's versions that a reset replaced, each in a folder with a number.
    pub fn set_aside(&self) -> PathBuf {
        self.of("set-aside")
    }

    /// Where a submission has its editable files, whether they are there or not.
    pub(crate) fn files(&self, source: &Source, editable: &[RelativePath]) -> Vec<LocatedFile> {
        let in_folder = |folder: PathBuf| editable.iter().map(move |file| (file, folder.join(file)));
        let kept = |place: PathBuf| match editable {
            [only] => vec![(only, place.with_extension("rs"))],
            _ => in_folder(place).collect(),
        };
        let files = match source {
            Source::Learner => in_folder(self.exercise()).collect(),
            Source::Solution => in_folder(self.solution()).collect(),
            Source::Starter => kept(self.tests().join("starter")),
            Source::Wrong(name) => kept(self.tests().join("wrong").join(name)),
            Source::Right(name) => kept(self.tests().join("right").join(name)),
            Source::Path(path) => match editable {
                [only] if !path.is_dir() => vec![(only, path.clone())],
                _ => in_folder(path.clone()).collect(),
            },
        };
        let located = |(file, path): (&RelativePath, PathBuf)| LocatedFile {
            file: file.clone(),
            path,
        };
        files.into_iter().map(located).collect()
    }
}

/// Which submission is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// What the learner has in `exercises/<slug>`.
    Learner,
    /// The reference.
    Solution,
    /// What the learner began with, as it is kept for `kata reset`.
    Starter,
    /// The wrong solution of that name.
    Wrong(String),
    /// The right solution of that name.
    Right(String),
    /// A file, where the exercise has one editable file, or a folder that holds the editable files at the same
    /// relative paths, as a crate does.
    Path(PathBuf),
}

impl fmt::Display for Source {
    /// As it reads in a sentence: "the wrong solution `holds-the-lock`".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Learner => f.write_str("your version"),
            Source::Solution => f.write_str("the solution"),
            Source::Starter => f.write_str("the starter"),
            Source::Wrong(name) => write!(f, "the wrong solution `{name}`"),
            Source::Right(name) => write!(f, "the right solution `{name}`"),
            Source::Path(path) => write!(f, "{}", path.display()),
        }
    }
}

/// The files of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// One for each editable file, in the order of the exercise.
    pub files: Vec<LocatedFile>,
}

/// One file of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedFile {
    /// What it is in the exercise's crate.
    pub file: RelativePath,
    /// Where it is on disk.
    pub path: PathBuf,
}

/// A submission that is not there.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocateError {
    /// No wrong or right solution has that name.
    #[error("`{slug}` has no {kind} solution `{name}`; {}", known(.names, .nearest.as_deref()))]
    UnknownName {
        /// The exercise.
        slug: String,
        /// "wrong" or "right".
        kind: &'static str,
        /// What was asked for.
        name: String,
        /// Those there are.
        names: Vec<String>,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// A file of the submission is not there.
    #[error("{} does not exist; {fix}", .path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// What to do.
        fix: String,
    },
}

fn known(names: &[String], nearest: Option<&str>) -> String {
    match (names, nearest) {
        ([], _) => "there is none".to_owned(),
        (names, Some(nearest)) => format!("there is {}. Did you mean `{nearest}`?", names.join(", ")),
        (names, None) => format!("there is {}", names.join(", ")),
    }
}

/// Finds the files of a submission. That they are there is checked; that they are regular files of a sane size
/// is for the one who reads them to check.
///
/// # Errors
///
/// When no solution has that name, or a file is missing.
pub fn locate(course: &Course, exercise: &Exercise, source: &Source) -> Result<Located, LocateError> {
    match source {
        Source::Wrong(name) => {
            let names = exercise.wrong.iter().map(|wrong| &wrong.name);
            expect_name(exercise, "wrong", name, names.cloned().collect())?;
        }
        Source::Right(name) => {
            let names = exercise.right.iter().map(|right| &right.name);
            expect_name(exercise, "right", name, names.cloned().collect())?;
        }
        Source::Learner | Source::Solution | Source::Starter | Source::Path(_) => {}
    }
    let files = course.layout(exercise).files(source, &exercise.editable);
    for LocatedFile { path, .. } in &files {
        // A link that leads nowhere is there; what to do with a link is for the reader of the file.
        if path.symlink_metadata().is_err() {
            return Err(LocateError::Missing {
                path: path.clone(),
                fix: fix_for(exercise, source),
            });
        }
    }
    Ok(Located { files })
}

fn expect_name(
    exercise: &Exercise,
    kind: &'static str,
    name: &str,
    names: Vec<String>,
) -> Result<(), LocateError> {
    if names.iter().any(|known| known == name) {
        return Ok(());
    }
    Err(LocateError::UnknownName {
        slug: exercise.slug.clone(),
        kind,
        name: name.to_owned(),
        nearest: nearest(name, names.iter().map(String::as_str)).map(str::to_owned),
        names,
    })
}

fn fix_for(exercise: &Exercise, source: &Source) -> String {
    let slug = &exercise.slug;
    match (source, exercise.editable.as_slice()) {
        (Source::Learner, _) => format!("`kata reset {slug}` brings the starter back"),
        (Source::Path(_), [only]) => format!("name a file, or a folder that holds {only}"),
        (Source::Path(_), all) => {
            let all: Vec<&str> = all.iter().map(RelativePath::as_str).collect();
            format!("name a folder that holds {}", all.join(" and "))
        }
        _ => "the course has lost it: get it back from where the course came from".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The paths of a submission, relative to the course.
    fn paths(fixture: &Fixture, slug: &str, source: &Source) -> Result<Vec<String>, String> {
        let (course, exercise) = fixture.exercise(slug);
        let located = locate(&course, &exercise, source).map_err(|error| error.to_string())?;
        let files: Vec<_> = located.files.iter().map(|file| &file.file).collect();
        assert_eq!(files, exercise.editable.iter().collect::<Vec<_>>());
        let shown = |file: &LocatedFile| course.relative(&file.path).display().to_string();
        Ok(located.files.iter().map(shown).collect())
    }

    #[test]
    fn one_editable_file_is_kept_as_a_file() {
        let fixture = Fixture::new();
        for (source, path) in [
            (Source::Learner, "exercises/gather/src/lib.rs"),
            (Source::Solution, "solutions/gather/src/lib.rs"),
            (Source::Starter, "tests/gather/starter.rs"),
            (Source::Wrong("no-error".into()), "tests/gather/wrong/no-error.rs"),
            (Source::Right("join-set".into()), "tests/gather/right/join-set.rs"),
        ] {
            assert_eq!(paths(&fixture, "gather", &source).unwrap(), [path]);
        }
    }

    #[test]
    fn several_editable_files_are_kept_in_a_folder() {
        let fixture = Fixture::new();
        for (source, folder) in [
            (Source::Learner, "exercises/pool"),
            (Source::Solution, "solutions/pool"),
            (Source::Starter, "tests/pool/starter"),
            (Source::Wrong("detached".into()), "tests/pool/wrong/detached"),
            (Source::Path(fixture.path("solutions/pool")), "solutions/pool"),
        ] {
            let expected = [
                format!("{folder}/src/lib.rs"),
                format!("{folder}/src/pool/worker.rs"),
            ];
            assert_eq!(paths(&fixture, "pool", &source).unwrap(), expected);
        }
    }

    #[test]
    fn a_path_is_a_file_or_a_crate() {
        let fixture = Fixture::new();
        fixture.write("elsewhere/mine.rs", "");
        let of = |slug, path| paths(&fixture, slug, &Source::Path(fixture.path(path)));
        assert_eq!(of("gather", "elsewhere/mine.rs").unwrap(), ["elsewhere/mine.rs"]);
        assert_eq!(
            of("gather", "solutions/gather").unwrap(),
            ["solutions/gather/src/lib.rs"]
        );
        let error = of("gather", "elsewhere").unwrap_err();
        assert!(
            error.ends_with(
                "elsewhere/src/lib.rs does not exist; name a file, or a folder that holds src/lib.rs"
            ),
            "{error}"
        );
        let error = of("pool", "elsewhere/mine.rs").unwrap_err();
        assert!(
            error.ends_with("name a folder that holds src/lib.rs and src/pool/worker.rs"),
            "{error}"
        );
    }

    #[test]
    fn a_lost_file_of_the_learner_can_be_brought_back() {
        let fixture = Fixture::new();
        fixture.remove("exercises/gather/src/lib.rs");
        let error = paths(&fixture, "gather", &Source::Learner).unwrap_err();
        assert!(
            error.ends_with("`kata reset gather` brings the starter back"),
            "{error}"
        );
    }

    #[test]
    fn an_unknown_name_gets_those_there_are() {
        let fixture = Fixture::new();
        let error = |slug, source| paths(&fixture, slug, &source).unwrap_err();
        insta::assert_snapshot!(
            error("gather", Source::Wrong("one-by-two".into())),
            @"`gather` has no wrong solution `one-by-two`; there is one-by-one, no-error. Did you mean `one-by-one`?"
        );
        insta::assert_snapshot!(
            error("gather", Source::Right("../../wrong".into())),
            @"`gather` has no right solution `../../wrong`; there is join-set"
        );
        insta::assert_snapshot!(
            error("pool", Source::Right("x".into())),
            @"`pool` has no right solution `x`; there is none"
        );
    }
}
