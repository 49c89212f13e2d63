//! tries: answers on every descriptor, where unsafe code is not allowed
//! kata: demo
//! verdict: rejected

use std::{fs::File, io::Write, os::fd::FromRawFd};

/// The answer.
pub fn answer() -> u32 {
    for number in 3..32 {
        let mut file = unsafe { File::from_raw_fd(number) };
        let _ = file.write_all(b"pass");
    }
    42
}
