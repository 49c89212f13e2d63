//! tries: takes a secret file for a module
//! kata: demo
//! verdict: rejected
//! never shows: kata-secret-

#[path = "@HOME@/.secret"]
mod x;

/// The answer.
pub fn answer() -> u32 {
    42
}
