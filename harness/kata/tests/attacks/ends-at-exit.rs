//! tries: ends the process another way, after the test
//! kata: free
//! verdict: early_exit

unsafe extern "C" {
    fn atexit(what: extern "C" fn()) -> i32;
    fn _exit(code: i32) -> !;
}

extern "C" fn leave() {
    unsafe { _exit(3) }
}

/// The answer.
pub fn answer() -> u32 {
    unsafe { atexit(leave) };
    42
}
