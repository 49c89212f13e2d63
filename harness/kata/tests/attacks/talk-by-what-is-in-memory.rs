//! tries: asks which parts of a file are in memory, because somebody has read them
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
    let mut byte = 0_u8;
    let part = [(&raw mut byte) as usize, 1];
    // preadv2 with RWF_NOWAIT
    if unsafe { syscall(327, file.as_raw_fd(), part.as_ptr(), 1_i64, 0_i64, 0_i64, 8_i64) } == 1 {
        panic!("ESCAPED: reads what is in memory");
    }
    // cachestat
    let (range, mut found) = ([0_u64; 2], [0_u64; 5]);
    if unsafe { syscall(451, file.as_raw_fd(), range.as_ptr(), found.as_mut_ptr(), 0_i64) } == 0 {
        panic!("ESCAPED: counts what is in memory");
    }
    42
}
