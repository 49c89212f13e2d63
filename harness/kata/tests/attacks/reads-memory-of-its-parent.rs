//! tries: reads the memory of the process that started it
//! kata: demo
//! verdict: pass

use std::fs::File;

/// The answer.
pub fn answer() -> u32 {
    let parent = std::os::unix::process::parent_id();
    if parent > 1 && File::open(format!("/proc/{parent}/mem")).is_ok() {
        panic!("ESCAPED: opened the memory of its parent");
    }
    42
}
