//! tries: loads a module into the kernel
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // Of nothing: with the right to do it, the error is another one than "not permitted".
    let loaded = unsafe { syscall(175, 0_i64, 0_i64, c"".as_ptr()) };
    let error = std::io::Error::last_os_error().raw_os_error();
    if loaded == 0 || !matches!(error, Some(1 | 13 | 38)) {
        panic!("ESCAPED: loads a module into the kernel");
    }
    42
}
