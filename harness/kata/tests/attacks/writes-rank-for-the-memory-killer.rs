//! tries: makes itself the last that is killed when memory runs out
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::write("/proc/self/oom_score_adj", "-900").is_ok() {
        panic!("ESCAPED: is the last to be killed");
    }
    42
}
