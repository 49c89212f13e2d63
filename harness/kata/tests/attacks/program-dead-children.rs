//! tries: leaves a thousand children that have ended and were not waited for
//! kata: errand
//! verdict: process_limit

use std::process::Command;

fn main() {
    let children: Vec<_> = (0..1000).map_while(|_| Command::new("true").spawn().ok()).collect();
    if children.len() == 1000 {
        println!("ESCAPED: a thousand dead children");
    }
    println!("42");
}
