//! tries: exports a function under the name of one that is called
//! kata: demo
//! verdict: compile_error

#[export_name = "write"]
pub extern "C" fn mine() -> isize {
    -1
}

/// The answer.
pub fn answer() -> u32 {
    42
}
