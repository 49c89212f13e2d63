//! Makes as many copies as threads, and lets every thread count into every copy.

use std::sync::Mutex;
use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    let share = items.len().div_ceil(threads).max(1);
    let copies: Vec<Mutex<T>> = (0..threads).map(|_| Mutex::default()).collect();
    thread::scope(|scope| {
        for share in items.chunks(share) {
            let copies = &copies;
            scope.spawn(move || {
                for (number, item) in share.iter().enumerate() {
                    copies[number % threads].lock().unwrap().count(item);
                }
            });
        }
    });
    let mut total = T::default();
    for copy in copies {
        total.merge(copy.into_inner().unwrap());
    }
    total
}
