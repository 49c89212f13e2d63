//! tries: locks a byte of a file of the system, for others to find it locked
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
    // `struct flock`: F_RDLCK, from the begin, one byte
    let lock: [u64; 4] = [0, 0, 1, 0];
    // F_SETLK, and F_OFD_SETLK
    for command in [6_i64, 37] {
        if unsafe { syscall(72, file.as_raw_fd(), command, lock.as_ptr()) } == 0 {
            panic!("ESCAPED: locks a byte");
        }
    }
    42
}
