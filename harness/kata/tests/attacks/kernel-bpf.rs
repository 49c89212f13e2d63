//! tries: asks for a map of programs in the kernel
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let attributes = [2_u32, 4, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let map = unsafe { syscall(321, 0_i64, attributes.as_ptr(), 64_i64) };
    if map >= 0 {
        panic!("ESCAPED: asks for a map of programs in the kernel");
    }
    42
}
