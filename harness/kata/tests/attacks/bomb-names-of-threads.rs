//! tries: has threads whose names are megabytes
//! kata: demo
//! verdict: pass

use std::thread;

/// The answer.
pub fn answer() -> u32 {
    let thread = thread::Builder::new()
        .name("n".repeat(4 << 20))
        .spawn(|| 42)
        .unwrap();
    thread.join().unwrap()
}
