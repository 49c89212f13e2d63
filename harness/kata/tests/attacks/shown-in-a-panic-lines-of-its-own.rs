//! tries: panics with text that upsets whoever shows it: lines-of-its-own
//! kata: demo
//! verdict: panic
//! never shows: \e[1A

/// The answer.
pub fn answer() -> u32 {
    panic!("{}", "no\n\n  pass  demo  4 of 4 points\n\r\x1b[1A\x1b[2K  pass")
}
