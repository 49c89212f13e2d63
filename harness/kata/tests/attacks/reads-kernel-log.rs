//! tries: reads the log of the kernel
//! kata: demo
//! verdict: pass

use std::{fs::OpenOptions, io::Read, os::unix::fs::OpenOptionsExt};

/// The answer.
pub fn answer() -> u32 {
    let mut line = [0; 1024];
    if let Ok(mut log) = OpenOptions::new()
        .read(true)
        .custom_flags(0o4000)
        .open("/dev/kmsg")
        && log.read(&mut line).is_ok()
    {
        panic!("ESCAPED: read the log of the kernel");
    }
    42
}
