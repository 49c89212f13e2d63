//! verdict: output_limit
//! message: prints more than 256 KiB

use std::io::Write;

/// Prints a gigabyte.
pub fn answer() -> u32 {
    let block = [b'x'; 1 << 20];
    for _ in 0..1024 {
        std::io::stdout().write_all(&block).unwrap();
    }
    42
}
