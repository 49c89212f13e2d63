//! tries: writes to a setting of the kernel what is there already
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    let file = "/proc/sys/kernel/hostname";
    let name = fs::read_to_string(file).unwrap_or_default();
    if !name.is_empty() && fs::write(file, name).is_ok() {
        panic!("ESCAPED: wrote a setting of the kernel");
    }
    42
}
