//! tries: reads a pipe into which it could write itself
//! kata: demo
//! verdict: time_limit

use std::io::{self, Read};

/// The answer.
pub fn answer() -> u32 {
    let (mut reader, _writer) = io::pipe().unwrap();
    let _ = reader.read(&mut [0]);
    42
}
