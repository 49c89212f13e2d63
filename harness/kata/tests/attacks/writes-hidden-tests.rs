//! tries: changes the hidden tests
//! kata: demo
//! verdict: pass

use std::{fs::OpenOptions, io::Write};

/// The answer.
pub fn answer() -> u32 {
    let test = OpenOptions::new()
        .append(true)
        .open("@COURSE@/tests/demo/hidden.rs");
    if let Ok(mut test) = test {
        let _ = test.write_all(b"\n// changed\n");
        panic!("ESCAPED: changed the hidden tests");
    }
    42
}
