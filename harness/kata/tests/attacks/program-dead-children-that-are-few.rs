//! tries: leaves five children that have ended and were not waited for
//! kata: errand
//! verdict: leak
//! shows: nobody has waited for 5 of the processes

use std::process::Command;

fn main() {
    for _ in 0..5 {
        let _ = Command::new("true").spawn();
    }
    println!("42");
}
