//! tries: has a thread with an enormous stack, and fills it
//! kata: demo
//! verdict: pass

use std::thread;

#[inline(never)]
fn fill(level: u32) -> u8 {
    let block = std::hint::black_box([1_u8; 1 << 20]);
    if level < 2048 {
        fill(level + 1) & block[5]
    } else {
        block[7]
    }
}

/// The answer.
pub fn answer() -> u32 {
    // The stack is no heap: who counts allocations does not see it.
    let thread = thread::Builder::new().stack_size(3 << 30).spawn(|| fill(0));
    if thread.is_ok_and(|thread| thread.join().is_ok()) {
        panic!("ESCAPED: filled two gigabytes of stack");
    }
    42
}
