//! tries: makes more files than anybody has a use for
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    let made = (0..6000)
        .take_while(|number| fs::File::create(format!("{number}")).is_ok())
        .count();
    if made == 6000 {
        panic!("ESCAPED: made {made} files");
    }
    42
}
