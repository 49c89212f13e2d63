//! With a thread for each half.

use std::thread;

pub fn total(numbers: &[u64], cost: impl Fn(u64) -> u64 + Sync) -> u64 {
    let half = numbers.len().div_ceil(2).max(1);
    let cost = &cost;
    thread::scope(|scope| {
        let halves: Vec<_> = numbers
            .chunks(half)
            .map(|half| scope.spawn(move || half.iter().map(|n| cost(*n)).sum::<u64>()))
            .collect();
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    })
}
