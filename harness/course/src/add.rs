//! A new exercise: its folders, and its entry in `course.toml`. Either all of it is there afterwards, or nothing is.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::{
    Course, Layout, LoadError, LockError,
    load::COURSE_FILE,
    lock::lock,
    names,
    replace::{advice, replace},
};

/// An exercise that a course does not have yet.
#[derive(Clone, Debug)]
pub struct NewExercise {
    /// Its slug.
    pub slug: String,
    /// Its files, by their paths in the course's folder, all of them in its own three folders.
    pub files: Vec<(String, String)>,
    /// What is appended to `course.toml`.
    pub entry: String,
}

/// The exercise could not be added; nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// Nothing can have that slug.
    #[error("`{slug}` cannot be the slug of an exercise: {why}")]
    Slug {
        /// What was asked for.
        slug: String,
        /// What is the matter.
        why: &'static str,
    },
    /// It is there already, or something else is in its place.
    #[error("{} is there already: choose another slug, or move it away; nothing was changed", .0.display())]
    Exists(PathBuf),
    /// Another kata does not let go of the course.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A file could not be written.
    #[error("{} cannot be written: {source}; {}; nothing was changed", .path.display(), advice(.source))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The course would not be whole with it.
    #[error("the course would be broken with it, so it was taken away again")]
    Broken(#[source] LoadError),
}

/// Adds the exercise at the end of the course, and gives the course with it. `pinned` is as for [`Course::load`].
///
/// # Errors
///
/// When it is there already, when something cannot be written, or when the course would have a fault with it.
pub fn add(course: &Course, new: &NewExercise, pinned: &[&str]) -> Result<Course, AddError> {
    if let Some(why) = names::slug_fault(&new.slug).or_else(|| names::crate_fault(&new.slug, pinned)) {
        return Err(AddError::Slug {
            slug: new.slug.clone(),
            why,
        });
    }
    let _lock = lock(&course.root)?;
    let layout = Layout::new(&course.root, &new.slug);
    let folders = [layout.exercise(), layout.solution(), layout.tests()];
    if let Some(there) = folders.iter().find(|folder| folder.symlink_metadata().is_ok()) {
        return Err(AddError::Exists(there.clone()));
    }
    // What is put in the place of a link would leave the file that it leads to as it was.
    let file = course.root.join(COURSE_FILE);
    let file = file.canonicalize().unwrap_or(file);
    let write_failed = |path: &Path, source| AddError::Write {
        path: path.to_owned(),
        source,
    };
    let before = fs::read(&file).map_err(|source| write_failed(&file, source))?;
    let mut added = Added {
        folders: folders.to_vec(),
        entry: None,
    };
    for (path, text) in &new.files {
        let path = course.root.join(path);
        write_new(&path, text).map_err(|source| write_failed(&path, source))?;
    }
    let after = [&before, new.entry.as_bytes()].concat();
    replace(&file, &after).map_err(|source| write_failed(&file, source))?;
    added.entry = Some((file, before));
    let course = Course::load(&course.root, pinned).map_err(AddError::Broken)?;
    added.keep();
    Ok(course)
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}

/// What was added so far. It is taken away with this value, unless it is kept.
struct Added {
    folders: Vec<PathBuf>,
    /// `course.toml`, and what stood in it.
    entry: Option<(PathBuf, Vec<u8>)>,
}

impl Added {
    fn keep(mut self) {
        self.folders.clear();
        self.entry = None;
    }
}

impl Drop for Added {
    fn drop(&mut self) {
        // An error is on its way already, and tells why: what cannot be taken away is seen by the next look at the course.
        if let Some((file, before)) = &self.entry {
            drop(replace(file, before));
        }
        for folder in &self.folders {
            drop(fs::remove_dir_all(folder));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn new(slug: &str, entry: &str) -> NewExercise {
        let file = |path: String, text: &str| (path, text.to_owned());
        NewExercise {
            slug: slug.to_owned(),
            files: vec![
                file(format!("exercises/{slug}/src/lib.rs"), ""),
                file(format!("exercises/{slug}/README.md"), "# New\n"),
                file(format!("exercises/{slug}/Cargo.toml"), "[package]"),
                file(format!("solutions/{slug}/src/lib.rs"), ""),
                file(format!("tests/{slug}/starter.rs"), ""),
                file(
                    format!("tests/{slug}/hidden.rs"),
                    "#[kata_test::test]\nfn works() {}\n",
                ),
                file(format!("tests/{slug}/wrong/other.rs"), ""),
            ],
            entry: entry.to_owned(),
        }
    }

    fn entry(slug: &str, verdict: &str) -> String {
        format!(
            r#"
[[exercise]]
slug = "{slug}"
title = "New"
track = "threads"
after = []
editable = ["src/lib.rs"]
crates = []
forbid = ["unsafe"]
hints = ["It works."]

  [[exercise.test]]
  name = "works"
  kind = "plain"
  points = 1
  feedback = "It does not."

  [[exercise.wrong]]
  file = "other"
  verdict = "{verdict}"
  test = "works"
"#
        )
    }

    fn nothing_is_left(fixture: &Fixture, before: &str, slug: &str) {
        assert_eq!(fixture.read("course.toml"), before);
        for folder in ["exercises", "solutions", "tests"] {
            assert!(!fixture.path(&format!("{folder}/{slug}")).exists(), "{folder}");
        }
    }

    #[test]
    fn a_new_exercise_is_the_last_one_and_the_text_before_it_stays() {
        let fixture = Fixture::new();
        let before = fixture.read("course.toml");
        let course = fixture.load().unwrap();
        let with = add(
            &course,
            &new("brand-new", &entry("brand-new", "panic")),
            &["tokio"],
        )
        .unwrap();
        assert_eq!(with.exercises.last().unwrap().slug, "brand-new");
        assert!(fixture.read("course.toml").starts_with(&before));
        assert_eq!(fixture.load().unwrap(), with);
    }

    #[test]
    fn what_would_break_the_course_is_taken_away_again() {
        let fixture = Fixture::new();
        let before = fixture.read("course.toml");
        let course = fixture.load().unwrap();
        let added = add(
            &course,
            &new("brand-new", &entry("brand-new", "lost")),
            &["tokio"],
        );
        assert!(matches!(added, Err(AddError::Broken(_))), "{added:?}");
        nothing_is_left(&fixture, &before, "brand-new");
        // And so is what could be written only in part.
        let mut half = new("brand-new", "");
        half.files.push(half.files[0].clone());
        let added = add(&course, &half, &["tokio"]);
        assert!(matches!(added, Err(AddError::Write { .. })), "{added:?}");
        nothing_is_left(&fixture, &before, "brand-new");
    }

    #[test]
    fn the_file_may_be_a_link_and_stays_one() {
        let fixture = Fixture::new();
        fixture.write("kept/course.toml", fixture.read("course.toml"));
        fixture.link("course.toml", "kept/course.toml");
        let course = fixture.load().unwrap();
        add(
            &course,
            &new("brand-new", &entry("brand-new", "panic")),
            &["tokio"],
        )
        .unwrap();
        assert!(fixture.path("course.toml").is_symlink());
        assert!(fixture.read("kept/course.toml").contains("brand-new"));
    }

    #[test]
    fn a_course_begins_without_an_exercise() {
        let fixture = Fixture::new();
        let whole = fixture.read("course.toml");
        let (head, _) = whole.split_once("[[exercise]]").unwrap();
        fixture.write("course.toml", head);
        let course = fixture.load().unwrap();
        assert!(course.exercises.is_empty());
        let with = add(
            &course,
            &new("brand-new", &entry("brand-new", "panic")),
            &["tokio"],
        )
        .unwrap();
        assert_eq!(with.exercises.len(), 1);
    }

    #[test]
    fn nothing_is_overwritten() {
        let fixture = Fixture::new();
        let course = fixture.load().unwrap();
        let before = fixture.read("exercises/gather/src/lib.rs");
        let added = add(&course, &new("gather", ""), &["tokio"]);
        assert!(matches!(added, Err(AddError::Exists(_))), "{added:?}");
        assert_eq!(fixture.read("exercises/gather/src/lib.rs"), before);
        for slug in ["Gather", "../gather", "tokio", "fn"] {
            let mut new = new("gather-2", "");
            new.slug = slug.to_owned();
            let added = add(&course, &new, &["tokio"]);
            assert!(matches!(added, Err(AddError::Slug { .. })), "{slug}: {added:?}");
        }
    }
}
