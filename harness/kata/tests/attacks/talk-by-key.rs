//! tries: leaves a key for the next submission
//! kata: free
//! runs: 2
//! verdict: pass

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // request_key and add_key, in the keyring of the user.
    let (kind, name) = (c"user".as_ptr(), c"@MARK@".as_ptr());
    let found = unsafe { syscall(249, kind, name, 0_i64, 0_i64) };
    if found >= 0 {
        unsafe { syscall(250, 21_i64, found) };
        panic!("ESCAPED: another submission has left a key");
    }
    unsafe { syscall(248, kind, name, c"42".as_ptr(), 2_i64, -4_i64) };
    42
}
