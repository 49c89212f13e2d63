//! The files that the learner edits: when they change, and what is in them.

use std::{fs, io, path::PathBuf};

use kata_course::{Course, Exercise, LocatedFile, Source, locate};
use kata_grader::Graded;
use notify::{
    EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
    recommended_watcher,
};
use tokio::sync::mpsc::{Receiver, channel};

/// What is in the files, or why they cannot be read.
pub(super) type Texts = Vec<Result<Vec<u8>, io::ErrorKind>>;

/// An editable file.
struct File {
    path: PathBuf,
    /// What a report calls it.
    shown: String,
}

/// The editable files of an exercise.
pub(super) struct Files {
    files: Vec<File>,
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
            files: files.into_iter().map(|file| File::of(exercise, file)).collect(),
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
        let read = |file: &File| fs::read(&file.path).map_err(|error| error.kind());
        self.files.iter().map(read).collect()
    }

    /// What was in them when they were graded, which is not always what a look at them before has found: an editor may have been in the
    /// middle of writing. `None` where nothing was graded.
    pub(super) fn graded(&self, graded: &Graded) -> Option<Texts> {
        let text = |file: &File| Some(Ok(graded.source(&file.shown)?.as_bytes().to_vec()));
        self.files.iter().map(text).collect()
    }
}

impl File {
    fn of(exercise: &Exercise, file: LocatedFile) -> File {
        File {
            shown: format!("exercises/{}/{}", exercise.slug, file.file),
            path: file.path,
        }
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
