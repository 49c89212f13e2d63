//! The course on disk: `course.toml` read and validated as a whole, where everything is, and what the learner
//! has done.
//!
//! [`Course::load`] gives a course without a fault, or every fault at once, each with its line and a fix
//! ([`Faults`]). What the file may hold is one table of data, [`mod@format`]. After that nothing in here has to be
//! doubted: a slug is a slug, a listed test is in `hidden.rs`, each listed file is there.
//!
//! - [`Layout`] is the only place that knows where files are; [`locate`] finds the files of a submission.
//! - [`Progress`] is the learner's file of facts; [`current`] is the exercise they are at.
//! - [`entry_place`] tells the line of an entry for what is found out later.
//! - [`add()`] puts a new exercise into a course.
//! - [`reset()`] puts an exercise back to its starter, and keeps the learner's version aside.

mod add;
mod caps;
mod check;
mod entry;
mod fault;
pub mod format;
mod layout;
mod limits;
mod load;
mod lock;
mod model;
mod names;
mod nearest;
mod progress;
mod read;
mod relative_path;
mod replace;
mod reset;
mod source_text;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod reference;

pub use add::{AddError, NewExercise, add};
pub use entry::{EntryPart, entry_place};
pub use fault::{Fault, Faults, Look};
pub use layout::{Layout, LocateError, Located, LocatedFile, Source, locate};
pub use limits::Limits;
pub use load::{LoadError, NoCourse};
pub use lock::LockError;
pub use model::{Course, Edition, Equivalent, Exercise, Forbidden, Place, Right, Test, Track, Wrong};
pub use progress::{Progress, ProgressError, current};
pub use relative_path::{BadPath, RelativePath};
pub use reset::{Reset, ResetError, reset};
pub use source_text::ReadError;
