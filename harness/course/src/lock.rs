//! One kata at a time writes to a course.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long another kata may hold a course. It needs milliseconds; one that was stopped in between (Ctrl-Z) holds
/// it for ever, and must not hold up the others for ever.
const PATIENCE: Duration = Duration::from_secs(10);

/// The file that is locked where a folder cannot be: NFS locks only what is open for writing.
const LOCK_FILE: &str = ".kata-lock";

/// The course could not be locked for a change.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another kata holds it, and does not get on.
    #[error("another kata has been changing {} for ten seconds; end it, then try again", .0.display())]
    Busy(PathBuf),
    /// The system refused.
    #[error("{} cannot be locked: {source}; look at the permissions of the folder", .path.display())]
    Io {
        /// The course's folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The right to change files of a course; given back when dropped, and by the system when the process ends.
#[derive(Debug)]
pub(crate) struct CourseLock {
    _locked: File,
}

/// Waits until no other kata, in this process or another, is changing the course.
///
/// What is locked is the folder itself: it is always there, and unlike a file in it an editor never puts another
/// in its place.
pub(crate) fn lock(root: &Path) -> Result<CourseLock, LockError> {
    lock_within(root, PATIENCE)
}

fn lock_within(root: &Path, patience: Duration) -> Result<CourseLock, LockError> {
    let failed = |source| LockError::Io {
        path: root.to_owned(),
        source,
    };
    let folder = File::open(root).map_err(failed)?;
    match folder.try_lock() {
        Ok(()) => return Ok(CourseLock { _locked: folder }),
        Err(TryLockError::WouldBlock) => wait(folder, patience),
        Err(TryLockError::Error(_)) => {
            let file = File::options()
                .write(true)
                .create(true)
                .truncate(false)
                .open(root.join(LOCK_FILE));
            wait(file.map_err(failed)?, patience)
        }
    }
    .ok_or_else(|| LockError::Busy(root.to_owned()))?
    .map_err(failed)
}

/// Locks the file; `None` when that took too long. The waiting thread then gets the lock some day, finds nobody
/// who wants it, and gives it back.
fn wait(file: File, patience: Duration) -> Option<io::Result<CourseLock>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let locked = file.lock().map(|()| CourseLock { _locked: file });
        // An error means that the receiver has lost patience: the lock in it is dropped.
        drop(sender.send(locked));
    });
    receiver.recv_timeout(patience).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_is_locked_once_at_a_time() {
        let course = tempfile::tempdir().unwrap();
        let held = lock(course.path()).unwrap();
        let refused = lock_within(course.path(), Duration::ZERO).unwrap_err();
        assert!(matches!(refused, LockError::Busy(_)), "{refused}");
        drop(held);
        lock(course.path()).unwrap();
        assert_eq!(
            course.path().read_dir().unwrap().count(),
            0,
            "nothing is left in the folder"
        );
    }

    #[test]
    fn who_waits_gets_it() {
        let course = tempfile::tempdir().unwrap();
        let held = lock(course.path()).unwrap();
        thread::scope(|scope| {
            let waiting = scope.spawn(|| lock(course.path()));
            drop(held);
            waiting.join().unwrap().unwrap();
        });
    }

    #[test]
    fn a_folder_that_is_not_there_cannot_be_locked() {
        let refused = lock(Path::new("/nowhere/at/all")).unwrap_err().to_string();
        assert!(
            refused.starts_with("/nowhere/at/all cannot be locked"),
            "{refused}"
        );
    }
}
