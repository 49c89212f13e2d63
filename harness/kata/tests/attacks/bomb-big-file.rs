//! tries: writes a file of a gigabyte
//! kata: demo
//! verdict: panic

use std::{fs, io::Write};

/// The answer.
pub fn answer() -> u32 {
    let mut file = fs::File::create("big").unwrap();
    let block = vec![0; 1 << 20];
    for _ in 0..1024 {
        if file.write_all(&block).is_err() {
            break;
        }
    }
    if fs::metadata("big").is_ok_and(|known| known.len() >= 1 << 30) {
        panic!("ESCAPED: wrote a gigabyte");
    }
    42
}
