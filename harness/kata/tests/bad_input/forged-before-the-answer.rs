//! exercise: free
//! verdict: forged
//! message: something besides the test has answered for it: the answer does not carry this run's secret

use std::{fs::File, io::Write, mem::ManuallyDrop, os::fd::FromRawFd};

/// Answers before the test does, and is right besides.
pub fn answer() -> u32 {
    for descriptor in 3..32 {
        let mut file = ManuallyDrop::new(unsafe { File::from_raw_fd(descriptor) });
        let _ = file.write_all(b"{\"nonce\":\"\",\"test\":\"answers\",\"outcome\":{\"verdict\":\"pass\"},\"assertions\":1}\n");
    }
    42
}
