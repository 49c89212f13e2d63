//! tries: lets a child complain without end
//! kata: errand
//! verdict: output_limit

use std::process::Command;

fn main() {
    let _ = Command::new("sh").args(["-c", "yes >&2"]).status();
    println!("42");
}
