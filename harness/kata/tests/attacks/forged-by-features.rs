//! tries: asks for features of the compiler that are not stable
//! kata: demo
//! verdict: compile_error

#![feature(rustc_attrs, core_intrinsics)]

/// The answer.
pub fn answer() -> u32 {
    42
}
