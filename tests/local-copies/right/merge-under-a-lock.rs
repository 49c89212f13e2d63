//! Each thread merges its own copy, under a lock, when it is through: one lock per thread, not one per item.

use std::sync::Mutex;
use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    let share = items.len().div_ceil(threads).max(1);
    let total = Mutex::new(T::default());
    thread::scope(|scope| {
        for share in items.chunks(share) {
            let total = &total;
            scope.spawn(move || {
                let mut copy = T::default();
                for item in share {
                    copy.count(item);
                }
                total.lock().unwrap().merge(copy);
            });
        }
    });
    total.into_inner().unwrap()
}
