//! verdict: memory_limit
//! message: asks for more memory than the limit of this test

/// Asks for 4 GB at once.
pub fn answer() -> u32 {
    let large = vec![1u8; 4_000_000_000];
    u32::from(large[1]) + 41
}
