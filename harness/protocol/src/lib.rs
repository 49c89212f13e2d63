//! The types that cross a process border, and nothing that acts on them.
//!
//! A hidden test runs in a process of its own. It is asked by a [`frame::Request`] and answers with one
//! [`frame::Frame`]; the grader weighs the frame together with the end of the process and gives a
//! [`Verdict`]. What a whole check found is a [`report::Report`]: every screen and every export is a
//! function of that one value.
//!
//! This crate is linked into the runtime as well as into the grader, so it stays small.

mod caps;
pub mod frame;
mod kind;
mod location;
pub mod measure;
pub mod program;
pub mod report;
pub mod tasks;
pub mod timeline;
pub mod trace;
mod verdict;

pub use caps::Caps;
pub use kind::{Kind, UnknownKind};
pub use location::Location;
pub use verdict::{UnknownVerdict, Verdict};
