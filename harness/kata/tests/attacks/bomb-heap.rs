//! tries: asks for four gigabytes at once
//! kata: demo
//! verdict: memory_limit

/// The answer.
pub fn answer() -> u32 {
    let block = vec![1_u8; 4 << 30];
    assert_eq!(block[1 << 30], 1);
    42
}
