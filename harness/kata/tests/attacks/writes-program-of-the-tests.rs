//! tries: replaces the program of the tests
//! kata: demo
//! verdict: pass

use std::{env, fs};

/// The answer.
pub fn answer() -> u32 {
    let own = env::args_os().next().unwrap_or_default();
    let aside = format!("{}.aside", own.to_string_lossy());
    if fs::rename(&own, &aside).is_ok() {
        let _ = fs::rename(&aside, &own);
        panic!("ESCAPED: moved the program of the tests");
    }
    42
}
