//! tries: gives arguments to the linker
//! kata: free
//! verdict: compile_error

#[link(name = "x", modifiers = "+verbatim", kind = "static")]
unsafe extern "C" {}

/// The answer.
pub fn answer() -> u32 {
    42
}
