//! tries: lets children hold the memory that it may not have itself
//! kata: greet
//! verdict: memory_limit

use std::{
    process::{Command, Stdio},
    time::Duration,
};

/// Greets.
pub async fn greet(name: &str, delay: Duration) -> String {
    if delay.is_zero() {
        let hold = || {
            Command::new("sh")
                .args([
                    "-c",
                    "dd if=/dev/zero bs=700M count=1 status=none | { sleep 1; wc -c; }",
                ])
                .stdout(Stdio::piped())
                .spawn()
        };
        // Off the event loop, which it may not block.
        let hold_all = move || {
            let children: Vec<_> = (0..6).map_while(|_| hold().ok()).collect();
            let held = children
                .into_iter()
                .filter_map(|child| child.wait_with_output().ok());
            held.filter(|output| output.stdout.starts_with(b"734003200"))
                .count()
        };
        if tokio::task::spawn_blocking(hold_all)
            .await
            .is_ok_and(|held| held == 6)
        {
            panic!("ESCAPED: children held four gigabytes");
        }
    }
    tokio::time::sleep(delay).await;
    format!("Hello, {name}!")
}
