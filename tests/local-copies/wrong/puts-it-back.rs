//! Takes the total out, merges, and puts it back: whoever merges meanwhile merges into an empty one.

use std::mem;
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
                let mut merged = mem::take(&mut *total.lock().unwrap());
                merged.merge(copy);
                *total.lock().unwrap() = merged;
            });
        }
    });
    total.into_inner().unwrap()
}
