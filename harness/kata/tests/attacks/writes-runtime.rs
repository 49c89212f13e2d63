//! tries: leaves a file among the libraries that tests are linked with
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::write("@CACHE@/runtimes/@MARK@.rlib", "left by a submission").is_ok() {
        panic!("ESCAPED: wrote @CACHE@/runtimes/@MARK@.rlib");
    }
    42
}
