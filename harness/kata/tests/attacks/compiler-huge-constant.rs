//! tries: a constant that is larger than any memory
//! kata: demo
//! verdict: compile_error

pub const HUGE: [u8; 1 << 46] = [1; 1 << 46];

pub static KEPT: [u8; 1 << 46] = HUGE;

/// The answer.
pub fn answer() -> u32 {
    42
}
