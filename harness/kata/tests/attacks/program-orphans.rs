//! tries: has grandchildren whose parents are gone, and which have ended by themselves
//! kata: errand
//! verdict: leak

use std::{process::Command, thread, time::Duration};

fn main() {
    let _ = Command::new("sh")
        .args(["-c", "for n in 1 2 3; do (sh -c : & exit 0); done"])
        .status();
    thread::sleep(Duration::from_millis(100));
    println!("42");
}
