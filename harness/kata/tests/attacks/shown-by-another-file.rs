//! tries: gives its lines the name of another file, in a panic
//! kata: demo
//! verdict: panic
//! shows: exercises/demo/src/lib.rs

use std::panic::Location;

#[track_caller]
fn here() -> &'static Location<'static> {
    Location::caller()
}

/// The answer.
pub fn answer() -> u32 {
    panic!("tests/demo/hidden.rs:1:1: {}", here())
}
