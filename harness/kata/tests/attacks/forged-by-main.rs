//! tries: defines main itself
//! kata: demo
//! verdict: compile_error

#[no_mangle]
pub extern "C" fn main() -> i32 {
    0
}

/// The answer.
pub fn answer() -> u32 {
    42
}
