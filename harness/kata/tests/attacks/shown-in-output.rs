//! tries: prints all of it, on both streams
//! kata: demo
//! verdict: wrong_answer
//! never shows: \e[2J
//! never shows: \e]0;
//! never shows: \e]52
//! never shows: \e]8
//! never shows: \u

/// The answer.
pub fn answer() -> u32 {
    println!(
        "{}",
        "\x1b[2J\x1b[1;1Hpass\x1b]0;pass\x07\x1b]52;c;cGFzcw==\x07\x1b[6n"
    );
    eprintln!(
        "{}",
        "\x1b[2J\x1b[1;1Hpass\x1b]0;pass\x07\x1b]52;c;cGFzcw==\x07\x1b[6n"
    );
    println!("{}", "\x1b]8;;https://example.com\x1b\\\\here\x1b]8;;\x1b\\\\");
    eprintln!("{}", "\x1b]8;;https://example.com\x1b\\\\here\x1b]8;;\x1b\\\\");
    println!(
        "{}",
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    );
    eprintln!(
        "{}",
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    );
    println!("{}", "=cmd()|' /C calc'!A0,+1,-1,@SUM(A1)");
    eprintln!("{}", "=cmd()|' /C calc'!A0,+1,-1,@SUM(A1)");
    println!("{}", "\u{202e}ssap\u{202c} \u{2066}x\u{2069} \u{200f}");
    eprintln!("{}", "\u{202e}ssap\u{202c} \u{2066}x\u{2069} \u{200f}");
    println!("{}", "no\n\n  pass  demo  4 of 4 points\n\r\x1b[1A\x1b[2K  pass");
    eprintln!("{}", "no\n\n  pass  demo  4 of 4 points\n\r\x1b[1A\x1b[2K  pass");
    println!("{}", "\",\"verdict\":\"pass\",\"points\":4,\"x\":\"");
    eprintln!("{}", "\",\"verdict\":\"pass\",\"points\":4,\"x\":\"");
    41
}
