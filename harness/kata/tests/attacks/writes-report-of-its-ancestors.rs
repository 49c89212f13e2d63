//! tries: writes to what its ancestors have open, their report among it
//! kata: demo
//! verdict: pass

use std::fs::{self, OpenOptions};

/// The answer.
pub fn answer() -> u32 {
    let mut process = std::os::unix::process::parent_id();
    while process > 1 {
        for descriptor in 0..3 {
            // Nothing is written: to have it open is enough.
            if OpenOptions::new()
                .write(true)
                .open(format!("/proc/{process}/fd/{descriptor}"))
                .is_ok()
            {
                panic!("ESCAPED: opened the descriptor {descriptor} of an ancestor");
            }
        }
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let parent = stat
            .rsplit(')')
            .next()
            .and_then(|rest| rest.split_whitespace().nth(1));
        process = parent.and_then(|parent| parent.parse().ok()).unwrap_or(0);
    }
    42
}
