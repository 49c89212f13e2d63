//! tries: becomes root
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // setuid, and what was so before: whoever grades may be root.
    let own = unsafe { syscall(102) };
    let became = unsafe { syscall(105, 0_i64) };
    if became == 0 && unsafe { syscall(102) } == 0 && std::fs::read("/etc/shadow").is_ok() && own >= 0 {
        panic!("ESCAPED: becomes root");
    }
    42
}
