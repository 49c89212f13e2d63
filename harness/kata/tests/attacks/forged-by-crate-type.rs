//! tries: says that it is a program
//! kata: demo
//! verdict: pass

#![crate_type = "bin"]

/// The answer.
pub fn answer() -> u32 {
    42
}
