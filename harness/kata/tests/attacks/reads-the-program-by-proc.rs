//! tries: reads the program of the tests by /proc
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(program) = fs::read("/proc/self/exe") {
        panic!("ESCAPED: read the program of the tests, {} bytes", program.len());
    }
    42
}
