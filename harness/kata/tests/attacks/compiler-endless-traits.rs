//! tries: a trait that holds if it holds for something larger
//! kata: demo
//! verdict: compile_error

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
