//! tries: changes its priority, its processors and its way of being scheduled, for others to see
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let (nice, class, mask, parameter) = (5_i64, 0x6000_i64, u64::MAX, 0_i32);
    let changed = unsafe {
        [
            syscall(141, 0_i64, 0_i64, nice),
            syscall(251, 1_i64, 0_i64, class),
            syscall(203, 0_i64, 8_i64, &raw const mask),
            // SCHED_BATCH
            syscall(144, 0_i64, 3_i64, &raw const parameter),
        ]
    };
    if changed.contains(&0) {
        panic!("ESCAPED: {changed:?}");
    }
    42
}
