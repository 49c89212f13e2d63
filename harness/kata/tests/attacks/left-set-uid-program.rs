//! tries: leaves a program that runs as its owner, whoever starts it
//! kata: demo
//! verdict: pass

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

/// The answer.
pub fn answer() -> u32 {
    let made = fs::copy("/bin/true", "tool");
    let _ = made.and_then(|_| fs::set_permissions("tool", Permissions::from_mode(0o6755)));
    42
}
