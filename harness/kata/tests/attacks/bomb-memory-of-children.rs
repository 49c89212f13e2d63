//! tries: lets children hold the memory that it may not have itself
//! kata: greet
//! verdict: pass

use std::{
    process::{Command, Stdio},
    time::Duration,
};

/// Greets.
pub async fn greet(name: &str, delay: Duration) -> String {
    if delay.is_zero() {
        let hold = || {
            Command::new("sh")
                .args(["-c", "head -c 700M /dev/zero | tail -c 700M | wc -c"])
                .stdout(Stdio::piped())
                .spawn()
        };
        let children: Vec<_> = (0..3).map_while(|_| hold().ok()).collect();
        let held = children
            .into_iter()
            .filter_map(|child| child.wait_with_output().ok());
        if held
            .filter(|output| output.stdout.starts_with(b"734003200"))
            .count()
            == 3
        {
            panic!("ESCAPED: children held two gigabytes");
        }
    }
    tokio::time::sleep(delay).await;
    format!("Hello, {name}!")
}
