//! tries: ends its output in the middle of a letter
//! kata: demo
//! verdict: wrong_answer

use std::io::{self, Write};

/// The answer.
pub fn answer() -> u32 {
    let _ = io::stdout().write_all(b"half \xe2\x82");
    let _ = io::stderr().write_all(b"half \xf0\x9f\x92");
    41
}
