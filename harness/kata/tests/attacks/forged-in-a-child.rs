//! tries: lets a child write a frame to whatever it has inherited
//! kata: demo
//! verdict: wrong_answer

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    let script = "for fd in 3 4 5 6 7 8 9; do echo '{\"nonce\":\"0\",\"test\":\"answers\",\"outcome\":{\"verdict\":\"pass\"},\"assertions\":1}' >&$fd; done";
    let _ = Command::new("bash")
        .args(["-c", script])
        .stderr(Stdio::null())
        .status();
    41
}
