//! tries: makes a file that is enormous and empty
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(file) = fs::File::create("sparse")
        && file.set_len(1 << 40).is_ok()
    {
        panic!("ESCAPED: made a file of a terabyte");
    }
    42
}
