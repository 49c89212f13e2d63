//! tries: fills the disk by many files of which none is too large
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    let block = vec![7; 15 << 20];
    let written = (0..32)
        .take_while(|number| fs::write(format!("file-{number}"), &block).is_ok())
        .count();
    if written == 32 {
        panic!("ESCAPED: wrote half a gigabyte");
    }
    42
}
