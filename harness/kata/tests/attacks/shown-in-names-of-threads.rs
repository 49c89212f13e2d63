//! tries: has threads with names that upset whoever shows them
//! kata: demo
//! verdict: time_limit
//! never shows: \e[2J
//! never shows: \u

use std::{thread, time::Duration};

/// The answer.
pub fn answer() -> u32 {
    let names = ["\x1b[2J", "a\nb", "\u{202e}x", "<b>", "=1", ""];
    let threads: Vec<_> = names
        .iter()
        .map(|name| {
            thread::Builder::new()
                .name((*name).to_owned())
                .spawn(|| thread::sleep(Duration::MAX))
                .unwrap()
        })
        .collect();
    for thread in threads {
        let _ = thread.join();
    }
    42
}
