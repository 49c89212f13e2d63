//! tries: opens files by their numbers, past all folders
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // The root folder of most file systems; an invalid handle is told apart from a forbidden call.
    let handle = [8_u32, 1, 2, 0];
    let opened = unsafe { syscall(304, -100_i64, handle.as_ptr(), 0_i64) };
    let error = std::io::Error::last_os_error().raw_os_error();
    if opened >= 0 || error == Some(116) {
        panic!("ESCAPED: opens files by their numbers, past all folders");
    }
    42
}
