//! tries: prints bytes that are no text
//! kata: demo
//! verdict: wrong_answer
//! never shows: \e

use std::io::{self, Write};

/// The answer.
pub fn answer() -> u32 {
    let bytes: Vec<u8> = (0..=255).cycle().take(20_000).collect();
    let _ = io::stdout().write_all(&bytes);
    let _ = io::stderr().write_all(&bytes);
    41
}
