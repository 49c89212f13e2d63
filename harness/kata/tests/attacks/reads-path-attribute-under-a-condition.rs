//! tries: takes a secret file for a module, by a conditional attribute
//! kata: demo
//! verdict: rejected
//! never shows: kata-secret-

#[cfg_attr(all(), path = "@HOME@/.secret")]
mod x;

/// The answer.
pub fn answer() -> u32 {
    42
}
