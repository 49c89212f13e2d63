//! Tests to run while you work: `cargo test -p right-tool`. `kata check` runs more.

use std::collections::HashSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use right_tool::{forecasts, labels, pictures, readings, tasks};

#[test]
fn all_stations_are_asked_before_the_first_answers() {
    let asked = AtomicUsize::new(0);
    let stations: Vec<u32> = (0..1_000).collect();
    let answers = readings(&stations, async |station| {
        asked.fetch_add(1, Ordering::Relaxed);
        tasks::sleep(Duration::from_millis(1)).await;
        (station, asked.load(Ordering::Relaxed))
    });
    let expected: Vec<(u32, usize)> = stations.into_iter().map(|station| (station, 1_000)).collect();
    assert_eq!(answers, expected);
}

#[test]
fn two_threads_compute() {
    // Each waits for the other, once: as long as one of them works alone, this does not go on.
    let both_here = Barrier::new(2);
    let threads = forecasts(&[1, 2], 2, |_| {
        both_here.wait();
        thread::current().id()
    });
    assert_eq!(threads.into_iter().collect::<HashSet<_>>().len(), 2);
}

#[test]
fn labels_are_in_order() {
    assert_eq!(labels(&[19, 7], |degrees| degrees + 1), [20, 8]);
}

#[test]
fn two_threads_draw() {
    let both_here = Barrier::new(2);
    let threads = pictures(
        &[1, 2],
        2,
        async |satellite| {
            tasks::sleep(Duration::from_millis(1)).await;
            satellite
        },
        |_| {
            both_here.wait();
            thread::current().id()
        },
    );
    assert_eq!(threads.into_iter().collect::<HashSet<_>>().len(), 2);
}
