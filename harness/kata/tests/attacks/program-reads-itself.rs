//! tries: reads its own program, itself and by another one
//! kata: errand
//! verdict: pass

use std::{env, fs, process::Command};

fn main() {
    let own = env::args().next().unwrap_or_default();
    let seen = Command::new("head").args(["-c", "4"]).arg(&own).output();
    if fs::read(&own).is_ok() || seen.is_ok_and(|seen| seen.stdout == b"\x7fELF") {
        println!("ESCAPED: reads the program");
    }
    println!("42");
}
