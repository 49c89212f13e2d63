//! A queue behind a lock, which is let go before the work begins; the results go into places that wait for them.

use std::sync::Mutex;
use std::thread;

pub fn parallel_map<T, R>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let queue = Mutex::new(items.iter().enumerate());
    let results: Mutex<Vec<Option<R>>> = Mutex::new(items.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let taken = queue.lock().unwrap().next();
                    let Some((place, item)) = taken else {
                        break;
                    };
                    let result = work(item);
                    results.lock().unwrap()[place] = Some(result);
                }
            });
        }
    });
    results
        .into_inner()
        .unwrap()
        .into_iter()
        .map(|result| result.expect("each place is filled"))
        .collect()
}
