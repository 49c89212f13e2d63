//! tries: leaves a link to the home where the host cleans up
//! kata: demo
//! verdict: pass

use std::os::unix::fs::symlink;

/// The answer.
pub fn answer() -> u32 {
    let _ = symlink("@HOME@", "home");
    let _ = symlink("@HOME@/.secret", "secret");
    42
}
