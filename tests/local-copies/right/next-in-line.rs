//! No shares: whoever is free takes the next item. The copies come back through a channel.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    let next = AtomicUsize::new(0);
    let (copies, counted) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (next, copies) = (&next, copies.clone());
            scope.spawn(move || {
                let mut copy = T::default();
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    copy.count(item);
                }
                copies.send(copy).expect("somebody waits for it");
            });
        }
        drop(copies);
        let mut total = T::default();
        for copy in counted {
            total.merge(copy);
        }
        total
    })
}
