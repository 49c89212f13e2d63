//! What the learner has done, in a text file of facts.
//!
//! A fact is a line; a line is never changed or taken back, so two copies of the file merge by keeping the lines
//! of both, in any order, however often. Lines that are no facts, such as the conflict marks of git, are kept
//! and mean nothing; so are facts of exercises that the course does not have.

use std::{
    collections::{HashMap, HashSet},
    io,
    path::{Path, PathBuf},
};

use crate::{
    Course, Exercise, LockError, ReadError,
    lock::lock,
    names,
    replace::{advice, replace},
    source_text::read_capped,
};

const PROGRESS_FILE: &str = "kata-progress.txt";

const FIRST_LINE: &str = "# kata: what you have done. Two copies merge by keeping the lines of both.\n";

/// The progress could not be read or recorded.
#[derive(Debug, thiserror::Error)]
pub enum ProgressError {
    /// The file is there and cannot be read.
    #[error("{0}; move it out of the way to begin anew, or mend it")]
    Read(#[from] ReadError),
    /// Another kata does not let go of the course.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The new fact could not be written; those of before are still there.
    #[error(
        "{} cannot be written: {source}; nothing that it held is lost; {}",
        .path.display(), advice(.source)
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What the learner has done in a course.
#[derive(Clone, Debug)]
pub struct Progress {
    file: PathBuf,
    root: PathBuf,
    facts: Facts,
}

impl Progress {
    /// Reads the progress of the course in that folder; where there is no file nothing has been done yet.
    ///
    /// # Errors
    ///
    /// When there is a file that cannot be read.
    pub fn load(root: &Path) -> Result<Progress, ProgressError> {
        let file = root.join(PROGRESS_FILE);
        Ok(Progress {
            facts: Facts::of(&content(&file)?),
            file,
            root: root.to_owned(),
        })
    }

    /// The file that holds the facts, whether it is there yet or not.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Whether the exercise of that slug is solved.
    pub fn is_solved(&self, slug: &str) -> bool {
        self.facts.solved.contains(slug)
    }

    /// How many hints of the exercise of that slug were shown.
    pub fn hints_shown(&self, slug: &str) -> usize {
        self.facts.hints.get(slug).copied().unwrap_or(0)
    }

    /// Records that the exercise is solved.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written; it is unchanged then.
    pub fn record_solved(&mut self, exercise: &Exercise) -> Result<(), ProgressError> {
        self.record(&format!("{} solved", exercise.slug))
    }

    /// Records that this many hints of the exercise were shown. A smaller number than before changes nothing.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written; it is unchanged then.
    pub fn record_hint(&mut self, exercise: &Exercise, shown: usize) -> Result<(), ProgressError> {
        self.record(&format!("{} hints {shown}", exercise.slug))
    }

    /// Adds a line to what the file holds by now: another kata may have written since it was read.
    fn record(&mut self, line: &str) -> Result<(), ProgressError> {
        let _lock = lock(&self.root)?;
        let mut content = content(&self.file)?;
        self.facts = Facts::of(&content);
        let with_line = self.facts.clone().with(line);
        if with_line == self.facts {
            return Ok(());
        }
        if content.is_empty() {
            content.extend_from_slice(FIRST_LINE.as_bytes());
        } else if !content.ends_with(b"\n") {
            content.push(b'\n');
        }
        content.extend_from_slice(line.as_bytes());
        content.push(b'\n');
        replace(&self.file, &content).map_err(|source| ProgressError::Write {
            path: self.file.clone(),
            source,
        })?;
        self.facts = with_line;
        Ok(())
    }
}

/// The bytes of the file; none where there is no file. A link is not followed: what is behind it is not kata's
/// to write to.
fn content(file: &Path) -> Result<Vec<u8>, ReadError> {
    if file.symlink_metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return Err(ReadError::NotAFile(file.to_owned()));
    }
    match read_capped(file) {
        Err(ReadError::Missing(_)) => Ok(Vec::new()),
        result => result,
    }
}

/// What the lines of a file say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Facts {
    solved: HashSet<String>,
    hints: HashMap<String, usize>,
}

impl Facts {
    fn of(content: &[u8]) -> Facts {
        let text = String::from_utf8_lossy(content);
        text.lines().fold(Facts::default(), Facts::with)
    }

    fn with(mut self, line: &str) -> Facts {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(slug) = words.first().filter(|slug| names::slug_fault(slug).is_none()) else {
            return self;
        };
        match words[1..] {
            ["solved"] => {
                self.solved.insert((*slug).to_owned());
            }
            ["hints", shown] => {
                let shown = shown.parse().unwrap_or(0);
                if shown > 0 {
                    let most = self.hints.entry((*slug).to_owned()).or_default();
                    *most = shown.max(*most);
                }
            }
            _ => {}
        }
        self
    }
}

/// The exercise that the learner is at: the first in the course's order that is not solved and that comes after
/// solved ones only. `None` when everything is solved; otherwise there always is one, since `after` has no
/// circle.
pub fn current<'c>(course: &'c Course, progress: &Progress) -> Option<&'c Exercise> {
    let is_next = |exercise: &&Exercise| {
        !progress.is_solved(&exercise.slug) && exercise.after.iter().all(|slug| progress.is_solved(slug))
    };
    course.exercises.iter().find(is_next)
}

#[cfg(test)]
mod tests;
