//! tries: three thousand errors
//! kata: demo
//! verdict: compile_error

//× 3000: pub fn e@N@() -> u8 { "@N@" }

/// The answer.
pub fn answer() -> u32 {
    42
}
