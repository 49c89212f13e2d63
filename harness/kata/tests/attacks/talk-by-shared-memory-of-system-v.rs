//! tries: leaves memory for the next submission under a number
//! kata: free
//! runs: 2
//! verdict: pass

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // shmget: there already, and made anew.
    let found = unsafe { syscall(29, @KEY@_i64, 4096_i64, 0_i64) };
    if found >= 0 {
        unsafe { syscall(31, found, 0_i64, 0_i64) };
        panic!("ESCAPED: another submission has left memory");
    }
    unsafe { syscall(29, @KEY@_i64, 4096_i64, 0o1666_i64) };
    42
}
