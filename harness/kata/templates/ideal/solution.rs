//! Work out a sum on two threads at once.

use std::thread;

/// The sum of the costs of all numbers.
pub fn total(numbers: &[u64], cost: impl Fn(u64) -> u64 + Sync) -> u64 {
    let (left, right) = numbers.split_at(numbers.len() / 2);
    let sum = |numbers: &[u64]| -> u64 { numbers.iter().map(|n| cost(*n)).sum() };
    thread::scope(|scope| {
        let left = scope.spawn(|| sum(left));
        // The other half is for the thread that is here already.
        let right = sum(right);
        left.join().expect("cost does not panic") + right
    })
}
