//! tries: an expression of forty thousand operators, which no bracket shows
//! kata: demo
//! verdict: compile_error

pub const DEEP: bool =
//× 40000: !
    true;

/// The answer.
pub fn answer() -> u32 {
    42
}
