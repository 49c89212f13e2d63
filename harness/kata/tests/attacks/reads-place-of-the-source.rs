//! tries: asks where its source is
//! kata: demo
//! verdict: panic
//! shows: exercises/demo/src/lib.rs
//! never shows: /cache/
//! never shows: /scratch/

/// The answer.
pub fn answer() -> u32 {
    panic!("{} {}", file!(), std::panic::Location::caller())
}
