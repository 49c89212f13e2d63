//! tries: reads the environment of process 1
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    // In a process namespace, the first process is the sandbox's own.
    if let Ok(text) = fs::read("/proc/1/environ")
        && String::from_utf8_lossy(&text).contains("HOME=")
    {
        panic!("ESCAPED: read the environment of process 1");
    }
    42
}
