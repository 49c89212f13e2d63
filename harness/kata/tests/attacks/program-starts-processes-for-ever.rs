//! tries: keeps whoever watches its processes too busy to look at the time
//! kata: errand
//! verdict: time_limit

use std::process::Command;

fn main() {
    let start = || Command::new("sh").args(["-c", "while :; do (:); done"]).spawn();
    let children: Vec<_> = (0..8).map_while(|_| start().ok()).collect();
    for mut child in children {
        let _ = child.wait();
    }
    println!("42");
}
