//! tries: a shell that starts two of itself, and so on
//! kata: errand
//! verdict: process_limit

use std::process::{Command, Stdio};

fn main() {
    let script = "bomb() { if [ $1 -gt 0 ]; then bomb $(($1 - 1)) & bomb $(($1 - 1)) & wait; else sleep 5; fi; }; bomb 8";
    let ended = Command::new("sh").args(["-c", script]).stderr(Stdio::null()).status();
    if ended.is_ok_and(|ended| ended.success()) {
        println!("ESCAPED: five hundred processes have run");
    }
    println!("42");
}
