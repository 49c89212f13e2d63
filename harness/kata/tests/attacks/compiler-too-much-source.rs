//! tries: more source than is taken
//! kata: demo
//! verdict: rejected

//× 30000: // nothing

/// The answer.
pub fn answer() -> u32 {
    42
}
