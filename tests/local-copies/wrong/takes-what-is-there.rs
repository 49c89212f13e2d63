//! Merges the copies that have come so far, and does not wait for the others.

use std::sync::mpsc;
use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    let share = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let (copies, counted) = mpsc::channel();
        for share in items.chunks(share) {
            let copies = copies.clone();
            scope.spawn(move || {
                let mut copy = T::default();
                for item in share {
                    copy.count(item);
                }
                let _ = copies.send(copy);
            });
        }
        let mut total = T::default();
        for copy in counted.try_iter() {
            total.merge(copy);
        }
        total
    })
}
