//! tries: becomes a program that ends well
//! kata: demo
//! verdict: early_exit

use std::{os::unix::process::CommandExt, process::Command};

/// The answer.
pub fn answer() -> u32 {
    let error = Command::new("true").exec();
    panic!("{error}")
}
