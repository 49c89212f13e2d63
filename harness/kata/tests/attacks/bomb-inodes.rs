//! tries: makes more files than anybody has a use for
//! kata: greet
//! verdict: pass

use std::{fs::File, time::Duration};

/// Greets.
pub async fn greet(name: &str, delay: Duration) -> String {
    if delay.is_zero() {
        // Off the event loop, which it may not block.
        let make = || {
            (0..20_000)
                .take_while(|number| File::create(format!("{number}")).is_ok())
                .count()
        };
        if tokio::task::spawn_blocking(make)
            .await
            .is_ok_and(|made| made == 20_000)
        {
            panic!("ESCAPED: made twenty thousand files");
        }
    }
    tokio::time::sleep(delay).await;
    format!("Hello, {name}!")
}
