//! Back to the starter, with the learner's version kept aside.
//!
//! First everything is looked at, then the learner's version is copied as a whole, and only then are files
//! replaced, each at once or not at all. So whatever fails, every line of the learner is still somewhere.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use crate::{
    Course, Exercise, LocateError, LockError, ReadError, RelativePath, Source, locate,
    lock::lock,
    replace::{advice, replace},
    source_text::read_capped,
};

/// What a reset did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reset {
    /// The learner's version was the starter already: nothing was touched.
    Unchanged,
    /// The starter is back.
    Done {
        /// The files that hold the starter again.
        restored: Vec<PathBuf>,
        /// The learner's version; empty when there was nothing of the learner's to keep.
        set_aside: Vec<PathBuf>,
    },
}

/// The exercise could not be put back.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// The course has no starter to put back.
    #[error(transparent)]
    Locate(#[from] LocateError),
    /// A file could not be read; nothing was changed.
    #[error("{0}; nothing was changed")]
    Read(#[from] ReadError),
    /// Another kata does not let go of the course.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A link, a folder or the like is where a file should be, or a link where a folder should be.
    #[error(
        "{} is in the way: kata replaces only files of its own course, and follows no links; \
         move it, then try again; nothing was changed", .0.display()
    )]
    InTheWay(PathBuf),
    /// The learner's version could not be kept aside.
    #[error("{} cannot be written: {source}; nothing was changed; {}", .path.display(), advice(.source))]
    SetAside {
        /// The copy.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file could not be replaced.
    #[error(
        "{} cannot be written: {source}; {}; {}",
        .path.display(), kept(.set_aside), advice(.source)
    )]
    Restore {
        /// The learner's file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// The copies of the learner's version.
        set_aside: Vec<PathBuf>,
    },
}

fn kept(set_aside: &[PathBuf]) -> String {
    match set_aside.first() {
        Some(first) => format!("your version is kept, beginning with {}", first.display()),
        None => "nothing of yours was there".to_owned(),
    }
}

/// Puts the starter back into the learner's crate. A version that differs is kept in
/// `set-aside/<slug>/<n>/`, with `n` counting up.
///
/// # Errors
///
/// When something cannot be read or written. Nothing is lost: either nothing was changed, or the learner's
/// version is where the error says.
pub fn reset(course: &Course, exercise: &Exercise) -> Result<Reset, ResetError> {
    let _lock = lock(&course.root)?;
    let plan = plan(course, exercise)?;
    if plan.iter().all(|step| step.found == Found::Starter) {
        return Ok(Reset::Unchanged);
    }
    let set_aside = if plan.iter().any(|step| step.found == Found::Own) {
        set_aside(course, exercise, &plan)?
    } else {
        Vec::new()
    };
    let mut restored = Vec::new();
    for step in plan.into_iter().filter(|step| step.found != Found::Starter) {
        match step.restore() {
            Ok(()) => restored.push(step.path),
            Err(source) => {
                return Err(ResetError::Restore {
                    path: step.path,
                    source,
                    set_aside,
                });
            }
        }
    }
    Ok(Reset::Done { restored, set_aside })
}

/// One editable file on its way back.
struct Step {
    file: RelativePath,
    path: PathBuf,
    starter: Vec<u8>,
    found: Found,
}

/// What is in the learner's file.
#[derive(PartialEq, Eq)]
enum Found {
    Nothing,
    Starter,
    Own,
}

impl Step {
    fn restore(&self) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        replace(&self.path, &self.starter)
    }
}

fn plan(course: &Course, exercise: &Exercise) -> Result<Vec<Step>, ResetError> {
    let crate_folder = course.layout(exercise).exercise();
    let mut plan = Vec::new();
    for located in locate(course, exercise, &Source::Starter)?.files {
        let starter = read_capped(&located.path)?;
        let path = crate_folder.join(&located.file);
        refuse_links(&course.root, &path)?;
        plan.push(Step {
            found: found(&path, &starter)?,
            file: located.file,
            path,
            starter,
        });
    }
    Ok(plan)
}

/// Below the course's folder every step of the way is a real folder, and the end a real file, or not there.
fn refuse_links(root: &Path, path: &Path) -> Result<(), ResetError> {
    let below = path.ancestors().take_while(|ancestor| *ancestor != root);
    for ancestor in below {
        let Ok(metadata) = ancestor.symlink_metadata() else {
            continue;
        };
        let fits = if ancestor == path {
            metadata.is_file()
        } else {
            metadata.is_dir()
        };
        if !fits {
            return Err(ResetError::InTheWay(ancestor.to_owned()));
        }
    }
    Ok(())
}

fn found(path: &Path, starter: &[u8]) -> Result<Found, ResetError> {
    match read_capped(path) {
        Ok(bytes) if bytes == starter => Ok(Found::Starter),
        // Whatever it is, it is not the starter, which was read.
        Ok(_) | Err(ReadError::TooBig(_)) => Ok(Found::Own),
        Err(ReadError::Missing(_)) => Ok(Found::Nothing),
        Err(error) => Err(error.into()),
    }
}

/// Copies every file of the learner's version into a new folder.
fn set_aside(course: &Course, exercise: &Exercise, plan: &[Step]) -> Result<Vec<PathBuf>, ResetError> {
    let all = course.layout(exercise).set_aside();
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ResetError::SetAside { path, source }
    };
    refuse_links(&course.root, &all.join("new"))?;
    fs::create_dir_all(&all).map_err(failed(&all))?;
    let folder = new_folder(&all).map_err(failed(&all))?;
    let mut copies = Vec::new();
    for step in plan.iter().filter(|step| step.found != Found::Nothing) {
        let copy = folder.join(&step.file);
        if let Err(source) = copy_new(&step.path, &copy) {
            // Half a version is of no use; the whole one is still in its place.
            drop(fs::remove_dir_all(&folder));
            return Err(failed(&copy)(source));
        }
        copies.push(copy);
    }
    Ok(copies)
}

/// Makes the folder with the number after the highest that is there.
fn new_folder(all: &Path) -> io::Result<PathBuf> {
    let mut highest = 0;
    for entry in fs::read_dir(all)? {
        let number = entry?
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok());
        highest = highest.max(number.unwrap_or(0));
    }
    let folder = all.join(highest.saturating_add(1).to_string());
    fs::create_dir(&folder)?;
    Ok(folder)
}

/// Copies a file to where none is, down to the disk.
fn copy_new(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut copy = File::create_new(to)?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.sync_all()
}

#[cfg(test)]
mod tests;
