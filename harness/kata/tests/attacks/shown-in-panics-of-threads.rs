//! tries: panics in threads with names that upset whoever shows them
//! kata: demo
//! verdict: panic
//! never shows: \e[2J
//! never shows: \e]0;
//! never shows: \u

use std::thread;

/// The answer.
pub fn answer() -> u32 {
    for name in ["\x1b[2J", "a\nthread `b`: pass", "\u{202e}x"] {
        let _ = thread::Builder::new()
            .name(name.to_owned())
            .spawn(|| panic!("\x1b]0;x\x07"))
            .unwrap()
            .join();
    }
    panic!("done")
}
