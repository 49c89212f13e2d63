//! The real binary, in a course made for the test.

#![allow(
    clippy::unwrap_used,
    reason = "in a test, a panic with its line is the message"
)]

mod attacks;
mod bad_input;
mod blocking;
mod commands;
mod facade;
mod fixture;
mod init;
mod interrupt;
mod katas;
mod kinds;
mod machine;
mod mutants;
mod out_of_sight;
mod references;
mod replay;
mod results;
mod tasks;
mod teacher;
mod teacher_page;
mod terminal;
mod threads;
mod watch;
