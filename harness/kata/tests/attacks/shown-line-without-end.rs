//! tries: prints one line of two hundred kilobytes
//! kata: demo
//! verdict: wrong_answer

/// The answer.
pub fn answer() -> u32 {
    print!("{}", "x".repeat(200_000));
    41
}
