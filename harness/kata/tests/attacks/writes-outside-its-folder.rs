//! tries: leaves files beside the folder in which it runs
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::write("../@MARK@", "left").is_ok() || fs::create_dir("../../@MARK@").is_ok() {
        panic!("ESCAPED: wrote beside its own folder");
    }
    42
}
