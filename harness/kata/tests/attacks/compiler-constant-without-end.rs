//! tries: a constant that never comes to an end
//! kata: demo
//! verdict: compile_error

pub const NEVER: u32 = {
    let mut n = 0u32;
    while n < u32::MAX {
        n = n / 2 * 2;
    }
    n
};

/// The answer.
pub fn answer() -> u32 {
    42
}
