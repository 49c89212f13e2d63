//! tries: leaves a queue for the next submission under a name
//! kata: free
//! runs: 2
//! verdict: pass

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // mq_open: there already, and made anew.
    let name = c"@MARK@".as_ptr();
    if unsafe { syscall(240, name, 0_i64, 0_i64, 0_i64) } >= 0 {
        unsafe { syscall(241, name) };
        panic!("ESCAPED: another submission has left a queue");
    }
    unsafe { syscall(240, name, 0o102_i64, 0o666_i64, 0_i64) };
    42
}
