//! tries: defines main itself, where unsafe code is allowed
//! kata: free
//! verdict: compile_error

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    0
}

/// The answer.
pub fn answer() -> u32 {
    42
}
