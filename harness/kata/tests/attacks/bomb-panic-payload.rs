//! tries: panics with a value of eight megabytes, which nothing prints
//! kata: demo
//! verdict: panic

use std::panic;

/// The answer.
pub fn answer() -> u32 {
    panic::set_hook(Box::new(|_| ()));
    panic::panic_any("long ".repeat(1 << 21));
}
