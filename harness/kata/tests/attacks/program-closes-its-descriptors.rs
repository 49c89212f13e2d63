//! tries: closes every descriptor, and goes on without
//! kata: errand
//! verdict: wrong_answer

use std::{process::Command, thread, time::Duration};

unsafe extern "C" {
    fn close(descriptor: i32) -> i32;
}

fn main() {
    for descriptor in 0..1024 {
        unsafe { close(descriptor) };
    }
    thread::sleep(Duration::from_millis(50));
    let _ = Command::new("true").status();
}
