//! exercise: free
//! verdict: crash
//! message: is killed by SIGABRT (signal 6)

use std::{fs::File, os::fd::FromRawFd};

/// Closes every descriptor there may be, so that no answer can be sent. std notices, and aborts.
pub fn answer() -> u32 {
    for descriptor in 3..32 {
        drop(unsafe { File::from_raw_fd(descriptor) });
    }
    41
}
