//! tries: asks to measure the kernel
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let mut attributes = [0_u32; 32];
    (attributes[0], attributes[1]) = (1, 128);
    let counter = unsafe { syscall(298, attributes.as_ptr(), -1_i64, 0_i64, -1_i64, 0_i64) };
    if counter >= 0 {
        panic!("ESCAPED: asks to measure the kernel");
    }
    42
}
