//! tries: runs before every other process
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let priority = 1_i32;
    let set = unsafe { syscall(144, 0_i64, 1_i64, &raw const priority) };
    if set == 0 {
        panic!("ESCAPED: runs before every other process");
    }
    42
}
