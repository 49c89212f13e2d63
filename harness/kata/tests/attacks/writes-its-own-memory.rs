//! tries: changes what cannot be changed, without unsafe code
//! kata: demo
//! verdict: pass

use std::{fs::OpenOptions, os::unix::fs::FileExt};

static FIXED: [u8; 7] = *b"is here";

/// The answer.
pub fn answer() -> u32 {
    let place = &raw const FIXED as u64;
    if let Ok(memory) = OpenOptions::new().write(true).open("/proc/self/mem")
        && memory.write_all_at(b"changed", place).is_ok()
    {
        panic!("ESCAPED: wrote to its own memory through a file");
    }
    42
}
