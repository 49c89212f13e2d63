//! tries: prints without end to standard error
//! kata: demo
//! verdict: output_limit

use std::io::{self, Write};

/// The answer.
pub fn answer() -> u32 {
    let line = [b'x'; 4096];
    for _ in 0..100_000 {
        let _ = io::stderr().write_all(&line);
    }
    42
}
