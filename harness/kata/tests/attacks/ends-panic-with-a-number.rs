//! tries: panics with a value that is no text
//! kata: demo
//! verdict: panic

use std::panic;

/// The answer.
pub fn answer() -> u32 {
    panic::panic_any(42)
}
