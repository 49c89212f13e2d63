//! tries: calls the C library
//! kata: demo
//! verdict: compile_error

extern "C" {
    fn _exit(code: i32) -> !;
}

/// The answer.
pub fn answer() -> u32 {
    42
}
