//! tries: looks for the names, times and groups of processes that are not its own
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let canary = @CANARY@_i64;
    let mut seen = Vec::new();
    for file in ["comm", "stat", "status", "cmdline", "task"] {
        if std::fs::read(format!("/proc/{canary}/{file}")).is_ok() {
            seen.push(file);
        }
    }
    // process_vm_readv, and kcmp
    if unsafe { syscall(310, canary, 0_i64, 0_i64, 0_i64, 0_i64, 0_i64) } >= 0
        || unsafe { syscall(312, canary, canary, 0_i64, 0_i64, 0_i64) } >= 0
    {
        seen.push("memory");
    }
    if !seen.is_empty() {
        panic!("ESCAPED: sees {seen:?}");
    }
    42
}
