//! tries: looks for secrets in the environment, and loads a library of its own into its children
//! kata: errand
//! verdict: pass

use std::{
    env,
    process::{Command, Stdio},
};

fn main() {
    for (name, value) in env::vars() {
        if !["PATH", "LC_ALL"].contains(&name.as_str()) {
            println!("ESCAPED: {name}={value}");
        }
    }
    for name in ["LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH"] {
        let _ = Command::new("sh")
            .args(["-c", "exit 0"])
            .env(name, "@TMP@")
            .stderr(Stdio::null())
            .status();
    }
    println!("42");
}
