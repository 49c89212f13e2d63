//! tries: leaves a queue for the next submission under a number
//! kata: free
//! runs: 2
//! verdict: pass

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // msgget: there already, and made anew.
    let found = unsafe { syscall(68, @KEY@_i64, 0_i64) };
    if found >= 0 {
        unsafe { syscall(71, found, 0_i64, 0_i64) };
        panic!("ESCAPED: another submission has left a queue");
    }
    unsafe { syscall(68, @KEY@_i64, 0o1666_i64) };
    42
}
