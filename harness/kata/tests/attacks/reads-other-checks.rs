//! tries: looks into the folder where other checks work at the same time
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(checks) = fs::read_dir("@CACHE@/scratch") {
        panic!("ESCAPED: sees {} checks", checks.count());
    }
    42
}
