//! verdict: compile_error
//! message: constant evaluation is taking a long time

const NEVER: u32 = {
    let mut n = 0u32;
    while n < u32::MAX {
        n = n / 2 * 2;
    }
    n
};

/// A constant.
pub fn answer() -> u32 {
    NEVER
}
