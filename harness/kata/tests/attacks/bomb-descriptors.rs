//! tries: opens files until it cannot
//! kata: demo
//! verdict: pass

use std::fs::File;

/// The answer.
pub fn answer() -> u32 {
    let open: Vec<_> = (0..5000).map_while(|_| File::open("/dev/null").ok()).collect();
    if open.len() == 5000 {
        panic!("ESCAPED: has 5000 files open");
    }
    42
}
