//! tries: puts a link to the home in the place of its own folder
//! kata: demo
//! verdict: pass

use std::{env, fs, os::unix::fs::symlink};

/// The answer.
pub fn answer() -> u32 {
    let here = env::current_dir().unwrap_or_default();
    let aside = here.with_extension("aside");
    if fs::rename(&here, &aside).is_ok() && symlink("@HOME@", &here).is_ok() {
        panic!("ESCAPED: its own folder is a link now");
    }
    42
}
