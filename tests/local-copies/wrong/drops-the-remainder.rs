//! Rounds the shares down, and leaves out what is over.

use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    let share = (items.len() / threads).max(1);
    thread::scope(|scope| {
        let counting: Vec<_> = items
            .chunks(share)
            .take(threads)
            .map(|share| {
                scope.spawn(move || {
                    let mut copy = T::default();
                    for item in share {
                        copy.count(item);
                    }
                    copy
                })
            })
            .collect();
        let mut total = T::default();
        for thread in counting {
            total.merge(thread.join().unwrap());
        }
        total
    })
}
