//! exercise: free
//! verdict: forged
//! message: something besides the test has answered for it: the answer does not carry this run's secret

use std::{fs::File, io::Write, mem::ManuallyDrop, os::fd::FromRawFd};

/// Answers in the test's place, on every descriptor there may be.
pub fn answer() -> u32 {
    let frame = "{\"nonce\":\"guess\",\"test\":\"answers\",\"outcome\":{\"verdict\":\"pass\"},\"assertions\":1}\n";
    for descriptor in 3..32 {
        let mut file = ManuallyDrop::new(unsafe { File::from_raw_fd(descriptor) });
        let _ = file.write_all(frame.as_bytes());
    }
    std::process::exit(0)
}
