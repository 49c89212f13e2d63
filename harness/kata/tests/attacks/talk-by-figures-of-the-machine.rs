//! tries: counts how many processes there are on the machine, and how much memory is free
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let mut figures = [0_u64; 64];
    // sysinfo
    if unsafe { syscall(99, figures.as_mut_ptr()) } == 0 {
        panic!("ESCAPED: the machine tells of itself: {:?}", &figures[..14]);
    }
    42
}
