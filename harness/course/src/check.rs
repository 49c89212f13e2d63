//! What `course.toml` says against what is there: the order of the exercises, their files, their hidden tests.

pub(crate) mod files;
mod functions;
pub(crate) mod hidden;
pub(crate) mod order;
