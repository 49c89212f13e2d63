//! Joins each thread before the next is spawned: copies there are, and nobody counts at the same time.

use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    let share = items.len().div_ceil(threads).max(1);
    let mut total = T::default();
    thread::scope(|scope| {
        for share in items.chunks(share) {
            let counting = scope.spawn(move || {
                let mut copy = T::default();
                for item in share {
                    copy.count(item);
                }
                copy
            });
            total.merge(counting.join().unwrap());
        }
    });
    total
}
