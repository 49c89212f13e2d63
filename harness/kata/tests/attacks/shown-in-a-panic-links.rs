//! tries: panics with text that upsets whoever shows it: links
//! kata: demo
//! verdict: panic
//! never shows: \e]8

/// The answer.
pub fn answer() -> u32 {
    panic!("{}", "\x1b]8;;https://example.com\x1b\\\\here\x1b]8;;\x1b\\\\")
}
