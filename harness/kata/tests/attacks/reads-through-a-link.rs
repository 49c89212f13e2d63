//! tries: reads a secret by a symbolic link that it has made
//! kata: demo
//! verdict: pass

use std::{fs, os::unix::fs::symlink};

/// The answer.
pub fn answer() -> u32 {
    let _ = symlink("@HOME@", "innocent");
    if let Ok(text) = fs::read_to_string("innocent/.secret") {
        panic!("ESCAPED: read a secret of the home: {text}");
    }
    42
}
