//! tries: sets the clock of the machine
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // To a zone that there is not: with the right to do it, the error is another one than "not permitted".
    let zone = [99_999_i32, 0];
    let set = unsafe { syscall(164, 0_i64, zone.as_ptr()) };
    let error = std::io::Error::last_os_error().raw_os_error();
    if set == 0 || !matches!(error, Some(1 | 13 | 38)) {
        panic!("ESCAPED: sets the clock of the machine");
    }
    42
}
