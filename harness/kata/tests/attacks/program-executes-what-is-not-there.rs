//! tries: executes a program that is not there, one that is none, and a folder, many times
//! kata: errand
//! verdict: pass

use std::process::{Command, Stdio};

fn main() {
    for _ in 0..20 {
        for program in ["/nowhere/program", "/etc/ld.so.cache", "/usr", "no-such-program"] {
            if Command::new(program).stdin(Stdio::null()).status().is_ok() {
                println!("ESCAPED: {program} was executed");
            }
        }
    }
    println!("42");
}
