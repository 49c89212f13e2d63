//! tries: has its memory written to a file, or told to a program of the host
//! kata: errand
//! verdict: pass

use std::process::{Command, Stdio};

fn main() {
    let script = "ulimit -c unlimited; kill -ABRT $$";
    for _ in 0..3 {
        let _ = Command::new("sh").args(["-c", script]).stderr(Stdio::null()).status();
    }
    let more = Command::new("sh").args(["-c", "ulimit -c unlimited"]).stderr(Stdio::null()).status();
    if more.is_ok_and(|more| more.success()) {
        println!("ESCAPED: the limit of memory that is written down was raised");
    }
    println!("42");
}
