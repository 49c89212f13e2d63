//! The real binary, in a course made for the test.

mod bad_input;
mod commands;
mod fixture;
mod interrupt;
mod katas;
mod machine;
mod results;
