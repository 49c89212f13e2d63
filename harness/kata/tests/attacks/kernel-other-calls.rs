//! tries: calls as another kind of processor does, past a filter
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // getpid by the numbers of x32.
    let called = unsafe { syscall(0x4000_0000 + 39) };
    if called > 0 {
        panic!("ESCAPED: calls as another kind of processor does, past a filter");
    }
    42
}
