//! tries: panics with text that upsets whoever shows it: directions
//! kata: demo
//! verdict: panic
//! never shows: \u

/// The answer.
pub fn answer() -> u32 {
    panic!("{}", "\u{202e}ssap\u{202c} \u{2066}x\u{2069} \u{200f}")
}
