//! tries: sets a hook that says nothing, and panics
//! kata: demo
//! verdict: panic

use std::panic;

/// The answer.
pub fn answer() -> u32 {
    panic::set_hook(Box::new(|_| ()));
    panic!("hush");
}
