//! tries: reads the memory of the canary
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let mut byte = 0_u8;
    let own = [&raw mut byte as u64, 1];
    let maps = std::fs::read_to_string("/proc/@CANARY@/maps").unwrap_or_default();
    let place = u64::from_str_radix(maps.split('-').next().unwrap_or_default(), 16).unwrap_or(0x40_0000);
    let theirs = [place, 1];
    let read = unsafe { syscall(310, @CANARY@_i64, own.as_ptr(), 1_i64, theirs.as_ptr(), 1_i64, 0_i64) };
    if read == 1 {
        panic!("ESCAPED: reads the memory of the canary");
    }
    42
}
