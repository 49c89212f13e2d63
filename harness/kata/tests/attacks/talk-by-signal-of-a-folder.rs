//! tries: is told when somebody else opens something in a folder of the system
//! kata: free
//! verdict: pass

use std::{fs::File, os::fd::AsRawFd};

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let folder = File::open("/usr/bin").unwrap();
    // fcntl with F_NOTIFY and DN_ACCESS
    if unsafe { syscall(72, folder.as_raw_fd(), 0x402_i64, 1_i64) } == 0 {
        panic!("ESCAPED: watches a folder");
    }
    42
}
