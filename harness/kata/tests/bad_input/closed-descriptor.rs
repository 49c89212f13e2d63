//! exercise: free
//! verdict: early_exit
//! message: ends its process with exit code 0 before the test ends

use std::{fs::File, os::fd::FromRawFd};

/// Closes every descriptor there may be, so that no answer can be sent.
pub fn answer() -> u32 {
    for descriptor in 3..32 {
        drop(unsafe { File::from_raw_fd(descriptor) });
    }
    41
}
