//! tries: names a module that is no file of the submission
//! kata: demo
//! verdict: compile_error
//! never shows: @CACHE@
//! never shows: /cache/

mod hidden;

/// The answer.
pub fn answer() -> u32 {
    42
}
