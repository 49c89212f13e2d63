//! tries: waits for a child that sleeps for a minute, in a session of its own
//! kata: errand
//! verdict: time_limit

use std::process::Command;

fn main() {
    let _ = Command::new("setsid").args(["sleep", "60"]).status();
    println!("42");
}
