//! tries: writes without end to where its input comes from
//! kata: errand
//! verdict: pass

use std::{fs::File, io::Write, mem::ManuallyDrop, os::fd::FromRawFd};

fn main() {
    let mut input = ManuallyDrop::new(unsafe { File::from_raw_fd(0) });
    let mut written = 0;
    while written < 1 << 30 {
        match input.write(&[b'x'; 65536]) {
            Ok(more) if more > 0 => written += more,
            _ => break,
        }
    }
    if written > 0 {
        println!("ESCAPED: somebody has read {written} bytes");
    }
    println!("42");
}
