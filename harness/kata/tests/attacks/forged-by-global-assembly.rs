//! tries: puts assembly beside its functions
//! kata: demo
//! verdict: compile_error

std::arch::global_asm!(".globl mine", "mine: ret");

/// The answer.
pub fn answer() -> u32 {
    42
}
