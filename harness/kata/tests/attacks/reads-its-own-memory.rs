//! tries: looks for the secret of the run in its own memory, without unsafe code
//! kata: demo
//! verdict: pass

use std::{fs::File, os::unix::fs::FileExt};

/// The answer.
pub fn answer() -> u32 {
    let secret = String::from("what is kept in memory");
    let mut read = vec![0; secret.len()];
    if let Ok(memory) = File::open("/proc/self/mem")
        && memory.read_exact_at(&mut read, secret.as_ptr() as u64).is_ok()
        && read == secret.as_bytes()
    {
        panic!("ESCAPED: read its own memory through a file");
    }
    42
}
