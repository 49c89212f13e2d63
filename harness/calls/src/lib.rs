//! The calls that a test's process makes.
//!
//! A test cannot read its own program, which holds the hidden tests, and has no `/proc`. So it tells its [`stack`]s as
//! addresses in that program, and the grader, which has linked it, finds out what stands there. Which of its calls block the
//! [`event_loop`] it has to find out itself.

pub mod event_loop;
pub mod stack;
