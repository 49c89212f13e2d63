//! tries: aborts
//! kata: demo
//! verdict: crash

/// The answer.
pub fn answer() -> u32 {
    std::process::abort()
}
