//! tries: reads what is kept of checks by whoever grades
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(entries) = fs::read_dir("@CACHE@") {
        panic!("ESCAPED: the cache holds {} entries", entries.count());
    }
    42
}
