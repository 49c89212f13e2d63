//! verdict: process_limit
//! message: runs more than 32 processes and threads at once

use std::{sync::mpsc, thread};

/// Starts as many threads as it can, which wait, and is content with that.
pub fn answer() -> u32 {
    let mut senders = Vec::new();
    loop {
        let (sender, receiver) = mpsc::channel::<()>();
        senders.push(sender);
        if thread::Builder::new().spawn(move || receiver.recv()).is_err() {
            return 42;
        }
    }
}
