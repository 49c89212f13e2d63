//! tries: asks for a deeper recursion than any stack has
//! kata: demo
//! verdict: compile_error

#![recursion_limit = "1000000"]

pub trait Holds {}

impl<T> Holds for Vec<T> where Vec<Vec<T>>: Holds {}

fn holds<T: Holds>() {}

pub fn begin() {
    holds::<Vec<u8>>();
}

/// The answer.
pub fn answer() -> u32 {
    42
}
