//! tries: lets a shell connect
//! kata: demo
//! verdict: pass

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let script = "exec 3<>/dev/tcp/127.0.0.1/@TCP@ && head -c 5 <&3";
    if let Ok(output) = Command::new("bash").args(["-c", script]).output()
        && output.stdout == b"hello"
    {
        panic!("ESCAPED: a shell has connected");
    }
    42
}
