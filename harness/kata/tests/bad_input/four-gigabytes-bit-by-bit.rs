//! verdict: memory_limit
//! message: asks for more memory than the limit of this test

/// Asks for 4 GB, a megabyte at a time.
pub fn answer() -> u32 {
    let large: Vec<Vec<u8>> = (0..4000).map(|_| vec![1; 1 << 20]).collect();
    u32::from(large[7][7]) + 41
}
