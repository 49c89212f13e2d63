//! tries: brings an allocator of its own, which counts nothing
//! kata: demo
//! verdict: compile_error

#[global_allocator]
static MINE: std::alloc::System = std::alloc::System;

/// The answer.
pub fn answer() -> u32 {
    42
}
