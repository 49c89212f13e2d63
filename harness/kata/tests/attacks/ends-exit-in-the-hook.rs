//! tries: ends the process in the hook of panics
//! kata: demo
//! verdict: early_exit

use std::panic;

/// The answer.
pub fn answer() -> u32 {
    panic::set_hook(Box::new(|_| std::process::exit(0)));
    panic!("now");
}
