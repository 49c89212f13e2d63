//! tries: reads whatever the process has open
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    for number in 3..64 {
        if let Ok(link) = fs::read_link(format!("/proc/self/fd/{number}")) {
            let path = link.to_string_lossy().into_owned();
            if path.starts_with('/') && fs::read(format!("/proc/self/fd/{number}")).is_ok() {
                panic!("ESCAPED: {path} was left open");
            }
        }
    }
    42
}
