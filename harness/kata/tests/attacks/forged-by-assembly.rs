//! tries: runs assembly
//! kata: demo
//! verdict: rejected

pub fn leave() {
    unsafe { std::arch::asm!("nop") }
}

/// The answer.
pub fn answer() -> u32 {
    42
}
