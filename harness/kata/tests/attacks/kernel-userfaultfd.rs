//! tries: asks to handle faults of its memory itself
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let handler = unsafe { syscall(323, 0_i64) };
    if handler >= 0 {
        panic!("ESCAPED: asks to handle faults of its memory itself");
    }
    42
}
