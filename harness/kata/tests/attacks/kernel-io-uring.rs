//! tries: makes a ring by which calls go past a filter
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let mut parameters = [0_u8; 256];
    let ring = unsafe { syscall(425, 4_i64, parameters.as_mut_ptr()) };
    if ring >= 0 {
        panic!("ESCAPED: makes a ring by which calls go past a filter");
    }
    42
}
