//! The files that the learner edits: when they change, and what is in them.

use std::{fs, io, path::PathBuf};

use kata_course::{Course, Exercise, Source, locate};
use notify::{
    EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
    recommended_watcher,
};
use tokio::sync::mpsc::{Receiver, channel};

/// What is in the files, or why they cannot be read.
pub(super) type Texts = Vec<Result<Vec<u8>, io::ErrorKind>>;

/// The editable files of an exercise.
pub(super) struct Files {
    paths: Vec<PathBuf>,
    /// Tells of changes as long as it is there; `None` where the system tells of none.
    watcher: Option<RecommendedWatcher>,
    changes: Receiver<()>,
}

impl Files {
    /// Those of this exercise, watched from now on where the system can.
    ///
    /// Their folder is watched, and not they themselves: most editors put another file in the place of the one that they save.
    pub(super) fn of(course: &Course, exercise: &Exercise) -> Files {
        let located = locate(course, exercise, &Source::Learner);
        let files = located.map(|located| located.files).unwrap_or_default();
        let (tell, changes) = channel(1);
        let watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading is no change: to look at the files would be a reason to look at them.
            let is_change = event.map_or(true, |event| !is_reading(event.kind));
            if is_change {
                // Full is as good as sent: a change that nobody has heard of yet is as good as two.
                let _ = tell.try_send(());
            }
        });
        let folder = course.layout(exercise).exercise();
        let watcher = watcher.and_then(|mut watcher| {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
            Ok(watcher)
        });
        Files {
            paths: files.into_iter().map(|file| file.path).collect(),
            watcher: watcher.ok(),
            changes,
        }
    }

    /// Whether changes are told of.
    pub(super) fn are_watched(&self) -> bool {
        self.watcher.is_some()
    }

    /// Waits until something may have changed.
    pub(super) async fn change(&mut self) {
        if self.changes.recv().await.is_none() {
            std::future::pending().await
        }
    }

    /// What is in them now.
    pub(super) fn read(&self) -> Texts {
        let read = |path: &PathBuf| fs::read(path).map_err(|error| error.kind());
        self.paths.iter().map(read).collect()
    }
}

/// Whether nothing was changed by it.
fn is_reading(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}
