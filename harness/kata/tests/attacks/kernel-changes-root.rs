//! tries: takes another folder for the root
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let changed = unsafe { syscall(161, c".".as_ptr()) };
    if changed == 0 {
        panic!("ESCAPED: takes another folder for the root");
    }
    42
}
