//! tries: panics with a value that ends the process when it goes
//! kata: demo
//! verdict: early_exit

use std::panic;

struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        std::process::exit(0);
    }
}

/// The answer.
pub fn answer() -> u32 {
    panic::panic_any(Leaves)
}
