//! tries: five thousand warnings
//! kata: demo
//! verdict: pass

//× 5000: fn w@N@() {}

/// The answer.
pub fn answer() -> u32 {
    42
}
