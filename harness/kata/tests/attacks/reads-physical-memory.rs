//! tries: reads the memory of the machine
//! kata: demo
//! verdict: pass

use std::fs::File;

/// The answer.
pub fn answer() -> u32 {
    for name in ["/dev/mem", "/dev/port", "/proc/kcore"] {
        if File::open(name).is_ok() {
            panic!("ESCAPED: opened {name}");
        }
    }
    42
}
