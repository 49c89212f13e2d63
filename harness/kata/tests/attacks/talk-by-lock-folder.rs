//! tries: leaves a word for the next submission: /run/lock
//! kata: demo
//! runs: 2
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::read_to_string("/run/lock/@MARK@-talk").is_ok() {
        panic!("ESCAPED: another submission has left a word");
    }
    let _ = fs::write("/run/lock/@MARK@-talk", "the answer is 42");
    42
}
