//! tries: attaches to the canary as a debugger does
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let attached = unsafe { syscall(101, 0x4206_i64, @CANARY@_i64, 0_i64, 0_i64) };
    if attached == 0 {
        panic!("ESCAPED: attaches to the canary as a debugger does");
    }
    42
}
