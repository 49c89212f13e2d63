//! tries: panics with text that upsets whoever shows it: json
//! kata: demo
//! verdict: panic

/// The answer.
pub fn answer() -> u32 {
    panic!("{}", "\",\"verdict\":\"pass\",\"points\":4,\"x\":\"")
}
