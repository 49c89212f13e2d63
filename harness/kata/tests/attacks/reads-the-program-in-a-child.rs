//! tries: lets another program read the program of the tests
//! kata: demo
//! verdict: pass

use std::{env, process::Command};

/// The answer.
pub fn answer() -> u32 {
    let own = env::args_os().next().unwrap_or_default();
    if let Ok(output) = Command::new("head").args(["-c", "4"]).arg(own).output()
        && output.stdout == b"\x7fELF"
    {
        panic!("ESCAPED: another program read that of the tests");
    }
    42
}
