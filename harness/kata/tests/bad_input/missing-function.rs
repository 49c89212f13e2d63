//! verdict: compile_error
//! message: cannot find function `answer` in crate `demo`

/// Another name.
pub fn response() -> u32 {
    42
}
