//! Every screen and every export of kata, as pure functions of data.
//!
//! What a check found is a [`kata_protocol::report::Report`]; it is shown by [`screen`] and exported by
//! [`json`] and [`junit`], which therefore cannot disagree. The other screens ([`task`], [`list`], [`hint`], [`course`], [`mutants`],
//! [`reset`], [`solution`], [`doctor`], [`replay`]) each have a small struct of their own as input. Nothing here reads a
//! file, an environment variable or a terminal: what the place of output can show comes in as a [`Style`].
//!
//! Whatever came from a submission passes through `kata_untrusted` before it is shown.

pub mod course;
pub mod doctor;
mod explanation;
pub mod hint;
pub mod json;
pub mod junit;
pub mod list;
pub mod markdown;
pub mod mutants;
mod page;
pub mod replay;
pub mod reset;
pub mod screen;
pub mod solution;
mod style;
pub mod task;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod schema;

pub use style::Style;
