//! Every so-manieth item, and one share for the thread that is here anyway: its copy becomes the total.

use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    let share = |first: usize| {
        let mut copy = T::default();
        for item in items.iter().skip(first).step_by(threads) {
            copy.count(item);
        }
        copy
    };
    thread::scope(|scope| {
        let counting: Vec<_> = (1..threads)
            .map(|first| scope.spawn(move || share(first)))
            .collect();
        let mut total = share(0);
        for thread in counting {
            total.merge(thread.join().unwrap());
        }
        total
    })
}
