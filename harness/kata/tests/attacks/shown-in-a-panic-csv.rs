//! tries: panics with text that upsets whoever shows it: csv
//! kata: demo
//! verdict: panic

/// The answer.
pub fn answer() -> u32 {
    panic!("{}", "=cmd()|' /C calc'!A0,+1,-1,@SUM(A1)")
}
