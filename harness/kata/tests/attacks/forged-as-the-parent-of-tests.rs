//! tries: starts the program of the tests, with a question of its own
//! kata: demo
//! verdict: wrong_answer

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// The answer.
pub fn answer() -> u32 {
    // Whatever it answers goes to a pipe of the attack.
    let own = std::env::args_os().next().unwrap_or_default();
    let child = Command::new(own)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = child {
        let _ = child
            .stdin
            .take()
            .unwrap()
            .write_all(b"{\"nonce\":\"0\",\"test\":\"answers\"}\n");
        let _ = child.wait();
    }
    41
}
