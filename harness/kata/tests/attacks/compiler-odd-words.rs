//! tries: words of every alphabet, and directions that turn
//! kata: demo
//! verdict: compile_error

pub fn аnswer() {}

// ‮ turned ⁦ round
pub fn turned() -> &'static str { "‮" }

const  X: u8 = 1;

/// The answer.
pub fn answer() -> u32 {
    42
}
