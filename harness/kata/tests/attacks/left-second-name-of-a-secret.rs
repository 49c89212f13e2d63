//! tries: gives a secret a second name in its own folder
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::hard_link("@HOME@/.secret", "mine").is_ok() || fs::hard_link("@TMP@", "mine").is_ok() {
        panic!("ESCAPED: a secret has a second name");
    }
    42
}
