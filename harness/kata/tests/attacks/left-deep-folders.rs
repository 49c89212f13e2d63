//! tries: leaves folders deeper than any path is long
//! kata: demo
//! verdict: pass

use std::{env, fs};

/// The answer.
pub fn answer() -> u32 {
    for _ in 0..600 {
        if fs::create_dir("deep-in-the-woods")
            .and_then(|()| env::set_current_dir("deep-in-the-woods"))
            .is_err()
        {
            break;
        }
    }
    42
}
