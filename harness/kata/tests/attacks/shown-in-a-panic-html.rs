//! tries: panics with text that upsets whoever shows it: html
//! kata: demo
//! verdict: panic

/// The answer.
pub fn answer() -> u32 {
    panic!(
        "{}",
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    )
}
