//! tries: prints without end
//! kata: demo
//! verdict: output_limit

use std::io::{self, Write};

/// The answer.
pub fn answer() -> u32 {
    let line = [b'x'; 4096];
    for _ in 0..100_000 {
        let _ = io::stdout().write_all(&line);
    }
    42
}
