//! Counts each item into a copy of its own and merges it at once: no count is shared, but every merge is.

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
                for item in share {
                    let mut copy = T::default();
                    copy.count(item);
                    total.lock().unwrap().merge(copy);
                }
            });
        }
    });
    total.into_inner().unwrap()
}
