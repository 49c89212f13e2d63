//! tries: makes a user namespace, in which it would be root
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let made = unsafe { syscall(272, 0x1000_0000_i64) };
    if made == 0 {
        panic!("ESCAPED: makes a user namespace, in which it would be root");
    }
    42
}
