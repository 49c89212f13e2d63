//! tries: restarts the machine
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // Without the words that it takes: with the right to do it, the error is another one than "not permitted".
    let restarted = unsafe { syscall(169, 0_i64, 0_i64, 0_i64, 0_i64) };
    let error = std::io::Error::last_os_error().raw_os_error();
    if restarted == 0 || !matches!(error, Some(1 | 13 | 38)) {
        panic!("ESCAPED: restarts the machine");
    }
    42
}
