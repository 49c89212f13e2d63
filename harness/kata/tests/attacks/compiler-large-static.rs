//! tries: a static of three gigabytes, which would be as large in the program
//! kata: demo
//! verdict: compile_error

pub static LARGE: [u8; 3 << 30] = [1; 3 << 30];

/// The answer.
pub fn answer() -> u32 {
    42
}
