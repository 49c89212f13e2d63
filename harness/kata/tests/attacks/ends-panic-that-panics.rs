//! tries: panics with a value that panics when it goes
//! kata: demo
//! verdict: early_exit

use std::panic;

struct Panics;

impl Drop for Panics {
    fn drop(&mut self) {
        panic!("again");
    }
}

/// The answer.
pub fn answer() -> u32 {
    panic::panic_any(Panics)
}
