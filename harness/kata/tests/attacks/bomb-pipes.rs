//! tries: holds memory of the kernel, in pipes
//! kata: demo
//! verdict: pass

use std::io::{self, Write};

/// The answer.
pub fn answer() -> u32 {
    let mut pipes = Vec::new();
    while let Ok((reader, mut writer)) = io::pipe() {
        let _ = writer.write(&[0; 4096]);
        pipes.push((reader, writer));
        if pipes.len() == 5000 {
            panic!("ESCAPED: holds 5000 pipes");
        }
    }
    42
}
