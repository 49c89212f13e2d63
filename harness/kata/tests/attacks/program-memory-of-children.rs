//! tries: lets children hold four gigabytes together
//! kata: errand
//! verdict: memory_limit

use std::process::{Command, Stdio};

fn main() {
    let hold = || {
        Command::new("sh")
            .args(["-c", "dd if=/dev/zero bs=700M count=1 status=none | { sleep 1; wc -c; }"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    };
    let children: Vec<_> = (0..6).map_while(|_| hold().ok()).collect();
    let held = children.into_iter().filter_map(|child| child.wait_with_output().ok());
    if held.filter(|output| output.stdout.starts_with(b"734003200")).count() == 6 {
        println!("ESCAPED: children held four gigabytes");
    }
    println!("42");
}
