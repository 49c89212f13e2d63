//! tries: starts processes until it cannot
//! kata: demo
//! verdict: process_limit

use std::{process::Command, thread, time::Duration};

/// The answer.
pub fn answer() -> u32 {
    let children: Vec<_> = (0..500)
        .map_while(|_| Command::new("sleep").arg("5").spawn().ok())
        .collect();
    if children.len() == 500 {
        panic!("ESCAPED: runs 500 processes");
    }
    thread::sleep(Duration::from_millis(900));
    for mut child in children {
        let _ = child.kill();
        let _ = child.wait();
    }
    42
}
