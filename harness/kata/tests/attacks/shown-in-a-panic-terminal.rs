//! tries: panics with text that upsets whoever shows it: terminal
//! kata: demo
//! verdict: panic
//! never shows: \e[2J
//! never shows: \e]0;
//! never shows: \e]52

/// The answer.
pub fn answer() -> u32 {
    panic!(
        "{}",
        "\x1b[2J\x1b[1;1Hpass\x1b]0;pass\x07\x1b]52;c;cGFzcw==\x07\x1b[6n"
    )
}
