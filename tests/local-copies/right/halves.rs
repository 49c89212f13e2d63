//! Splits threads and items in two halves, again and again, and merges them two by two.

use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    if threads <= 1 || items.len() <= 1 {
        let mut copy = T::default();
        for item in items {
            copy.count(item);
        }
        return copy;
    }
    let here = threads / 2;
    let (left, right) = items.split_at((items.len() * here).div_ceil(threads));
    thread::scope(|scope| {
        let left = scope.spawn(move || count_all::<T>(left, here));
        let right = count_all::<T>(right, threads - here);
        let mut total = left.join().unwrap();
        total.merge(right);
        total
    })
}
