//! tries: takes an open file of the canary
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let process = unsafe { syscall(434, @CANARY@_i64, 0_i64) };
    let taken = unsafe { syscall(438, process, 0_i64, 0_i64) };
    if taken >= 0 {
        panic!("ESCAPED: takes an open file of the canary");
    }
    42
}
