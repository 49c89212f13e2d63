//! Rounds the shares down, and gives the last thread all that is over: the others wait for it.

use std::thread;

pub trait Tally: Default + Send {
    type Item: Sync;

    fn count(&mut self, item: &Self::Item);

    fn merge(&mut self, other: Self);
}

pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    let share = items.len() / threads;
    thread::scope(|scope| {
        let counting: Vec<_> = (0..threads)
            .map(|number| {
                let end = if number + 1 == threads {
                    items.len()
                } else {
                    (number + 1) * share
                };
                let share = &items[number * share..end];
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
