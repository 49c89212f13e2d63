//! tries: takes a lease on a file of the system, and so is told of whoever opens it
//! kata: free
//! verdict: pass

use std::{fs::File, os::fd::AsRawFd};

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let file = File::open("/usr/bin/env").unwrap();
    // fcntl with F_SETLEASE and F_RDLCK
    if unsafe { syscall(72, file.as_raw_fd(), 0x400_i64, 0_i64) } == 0 {
        panic!("ESCAPED: has a lease");
    }
    42
}
