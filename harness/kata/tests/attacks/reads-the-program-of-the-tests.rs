//! tries: reads the program of the tests by the name it was started with
//! kata: demo
//! verdict: pass

use std::{env, fs};

/// The answer.
pub fn answer() -> u32 {
    let own = env::args_os().next().unwrap_or_default();
    if let Ok(program) = fs::read(own) {
        panic!("ESCAPED: read the program of the tests, {} bytes", program.len());
    }
    42
}
