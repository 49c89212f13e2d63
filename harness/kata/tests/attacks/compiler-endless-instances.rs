//! tries: a function that needs itself for a larger type
//! kata: demo
//! verdict: compile_error

pub fn larger<T>(depth: u32, value: T) -> usize {
    if depth == 0 { std::mem::size_of::<T>() } else { larger(depth - 1, (value, 0_u8)) }
}

pub fn begin() -> usize {
    larger(3, 0_u8)
}

/// The answer.
pub fn answer() -> u32 {
    42
}
