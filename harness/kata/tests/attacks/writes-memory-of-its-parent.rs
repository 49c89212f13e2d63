//! tries: opens the memory of its parent to write
//! kata: demo
//! verdict: pass

use std::fs::OpenOptions;

/// The answer.
pub fn answer() -> u32 {
    let parent = std::os::unix::process::parent_id();
    if parent > 1
        && OpenOptions::new()
            .write(true)
            .open(format!("/proc/{parent}/mem"))
            .is_ok()
    {
        panic!("ESCAPED: opened the memory of its parent to write");
    }
    42
}
