//! What the four jobs must do: waits take the longest, hard work is spread, and what is small is done right here.
//! Measured on the ideal machine, and, where threads hand something over, under every schedule of two. Under
//! `cargo test` time is real, and only what no delay of the machine can change is checked.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, ThreadId};
use std::time::Instant;

use kata_test::prelude::*;
use right_tool::{forecasts, labels, pictures, readings, tasks};

/// Whether the clock is the scheduler's, and exact.
const VIRTUAL: bool = !cfg!(test);

/// How long the answer number `n` takes: 10, 20, 30 or 40 ms, and the first one takes longest.
fn wait_for(n: u32) -> Duration {
    millis(40 - u64::from(n % 4) * 10)
}

/// The longest of the waits.
const LONGEST: Duration = millis(40);

/// How many different threads there are.
fn different(mut threads: Vec<ThreadId>) -> usize {
    let mut number = 0;
    while let Some(one) = threads.pop() {
        threads.retain(|other| *other != one);
        number += 1;
    }
    number
}

/// Checks that the waits since `begin` took as long as the longest.
fn check_time(begin: Instant, tried: &str) {
    let took = begin.elapsed();
    check!(
        took == LONGEST || (took > LONGEST && !VIRTUAL),
        "{tried} took {took:?}, and the longest of them takes {LONGEST:?}"
    );
}

#[kata_test::test]
fn a_thousand_waits_overlap() {
    let stations: Vec<u32> = (0..1_000).collect();
    let begin = Instant::now();
    let answers = readings(&stations, async |station| {
        tasks::sleep(wait_for(station)).await;
        station
    });
    check_time(begin, "1,000 stations that answer after 10 ms to 40 ms");
    check!(
        answers == stations,
        "the answers of 1,000 stations did not come back in the order of the stations: {} answers, of which the first are {:?}",
        answers.len(),
        &answers[..answers.len().min(5)]
    );
}

#[kata_test::test]
fn answers_keep_their_order() {
    let ask = async |station| {
        tasks::sleep(wait_for(station)).await;
        station * 10
    };
    let asked = AtomicU32::new(0);
    let count = async |station| {
        asked.fetch_add(1, Ordering::SeqCst);
        ask(station).await
    };
    check_eq!(
        readings(&[0, 1, 2, 3], count),
        [0, 10, 20, 30],
        "answers of stations 0 to 3, of which the last one answers first"
    );
    check_eq!(
        asked.load(Ordering::SeqCst),
        4,
        "how often somebody was asked, with 4 stations"
    );
    check_eq!(readings(&[], ask), Vec::<u32>::new(), "answers of no stations");
    check_eq!(
        readings(&[5, 5], ask),
        [50, 50],
        "answers of station 5, asked twice"
    );
}

#[kata_test::test]
fn one_thread_does_all_the_waiting() {
    let (here, before) = (thread::current().id(), threads_started());
    let threads = readings(&[0, 1, 2, 3, 4, 5, 6, 7], async |station| {
        tasks::sleep(wait_for(station)).await;
        thread::current().id()
    });
    check_eq!(
        threads_started() - before,
        0,
        "threads that were started to wait for the answers of 8 stations"
    );
    let elsewhere = different(threads.into_iter().filter(|thread| *thread != here).collect());
    check_eq!(
        elsewhere,
        0,
        "threads besides the caller's that waited for the answers of 8 stations"
    );
}

#[kata_test::test]
fn forecasts_under_every_schedule() {
    let calls = [AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0)];
    let results = forecasts(&[0, 1, 2], 2, |region| {
        calls[region as usize].fetch_add(1, Ordering::SeqCst);
        region * 10
    });
    check_eq!(
        results,
        [0, 10, 20],
        "forecasts of regions 0, 1 and 2, by 2 threads"
    );
    let calls = calls.map(|calls| calls.load(Ordering::SeqCst));
    check_eq!(calls, [1, 1, 1], "computations for each of the three regions");
    check_eq!(
        forecasts(&[], 2, |region| region),
        Vec::<u32>::new(),
        "forecasts of no regions"
    );
}

/// Whether so many regions that cost 1, 2, 3 and so on keep four threads busy, in this order of the regions.
fn check_spread(regions: &[u32], tried: &str) {
    let computed = measure(|| {
        forecasts(regions, 4, |region| {
            work(region.into());
            (region, thread::current().id())
        })
    });
    let (results, threads): (Vec<u32>, Vec<ThreadId>) = computed.value.iter().copied().unzip();
    check_eq!(results, regions, "the regions of 60 forecasts, by 4 threads");
    computed.check_parallelism(3.5, tried);
    let threads = different(threads);
    check!(
        threads <= 4,
        "{threads} threads computed 60 forecasts, and at most 4 were asked for"
    );
}

#[kata_test::test]
fn forecasts_keep_four_threads_busy() {
    let dearest_last: Vec<u32> = (1..=60).collect();
    check_spread(
        &dearest_last,
        "forecasts of 60 regions that cost 1, 2, 3 and so on, with 4 threads",
    );
    let dearest_first: Vec<u32> = (1..=60).rev().collect();
    check_spread(
        &dearest_first,
        "forecasts of 60 regions that cost 60, 59, 58 and so on, with 4 threads",
    );
    for most in [1, 2] {
        let threads = forecasts(&dearest_last, most, |region| {
            work(region.into());
            thread::current().id()
        });
        let threads = different(threads);
        check!(
            threads <= most,
            "{threads} threads computed 60 forecasts, and at most {most} were asked for"
        );
    }
}

#[kata_test::test]
fn labels_are_written_right_here() {
    let (here, before) = (thread::current().id(), threads_started());
    let written = labels(&[3, 1, 2, 5, 4], |city| {
        work(1);
        (city, thread::current().id(), tasks::in_a_task())
    });
    let cities: Vec<u32> = written.iter().map(|(city, ..)| *city).collect();
    check_eq!(cities, [3, 1, 2, 5, 4], "the cities of five labels");
    check_eq!(
        threads_started() - before,
        0,
        "threads that were started to write five labels"
    );
    let elsewhere = written.iter().filter(|(_, thread, _)| *thread != here).count();
    check_eq!(elsewhere, 0, "labels out of five that another thread has written");
    let by_tasks = written.iter().filter(|(.., in_a_task)| *in_a_task).count();
    check_eq!(by_tasks, 0, "labels out of five that a task has written");
    check_eq!(labels(&[], |city| city), Vec::<u32>::new(), "labels of no cities");
}

#[kata_test::test]
fn fetches_overlap() {
    let satellites: Vec<u32> = (0..100).collect();
    let begin = Instant::now();
    let drawn = pictures(
        &satellites,
        4,
        async |satellite| {
            tasks::sleep(wait_for(satellite)).await;
            (satellite, thread::current().id())
        },
        |fetched| *fetched,
    );
    check_time(begin, "100 satellites whose data come after 10 ms to 40 ms");
    let (results, threads): (Vec<u32>, Vec<ThreadId>) = drawn.into_iter().unzip();
    check!(
        results == satellites,
        "the pictures of 100 satellites did not come back in the order of the satellites: {} pictures, of which the first are {:?}",
        results.len(),
        &results[..results.len().min(5)]
    );
    check_eq!(
        different(threads),
        1,
        "threads that waited for the data of 100 satellites"
    );
}

#[kata_test::test]
fn drawing_keeps_four_threads_busy() {
    let satellites: Vec<u32> = (1..=60).collect();
    let drawn = measure(|| {
        pictures(
            &satellites,
            4,
            async |satellite| {
                // All at the same moment: what comes later could not be drawn sooner.
                tasks::sleep(LONGEST).await;
                satellite
            },
            |satellite| {
                work(u64::from(*satellite));
                (*satellite, thread::current().id())
            },
        )
    });
    let (results, threads): (Vec<u32>, Vec<ThreadId>) = drawn.value.iter().copied().unzip();
    check_eq!(results, satellites, "the satellites of 60 pictures, by 4 threads");
    drawn.check_parallelism(3.5, "60 pictures that cost 1, 2, 3 and so on, with 4 threads");
    let threads = different(threads);
    check!(
        threads <= 4,
        "{threads} threads drew 60 pictures, and at most 4 were asked for"
    );
    for most in [1, 2] {
        let threads = pictures(
            &satellites,
            most,
            async |satellite| satellite,
            |satellite| {
                work(u64::from(*satellite));
                thread::current().id()
            },
        );
        let threads = different(threads);
        check!(
            threads <= most,
            "{threads} threads drew 60 pictures, and at most {most} were asked for"
        );
    }
}

#[kata_test::test]
fn pictures_under_every_schedule() {
    let fetched = AtomicU32::new(0);
    let drawn = [AtomicU32::new(0), AtomicU32::new(0)];
    let results = pictures(
        &[0, 1],
        2,
        async |satellite| {
            fetched.fetch_add(1, Ordering::SeqCst);
            satellite
        },
        |satellite| {
            drawn[*satellite as usize].fetch_add(1, Ordering::SeqCst);
            satellite * 10
        },
    );
    check_eq!(results, [0, 10], "pictures of satellites 0 and 1, by 2 threads");
    let drawn = drawn.map(|drawn| drawn.load(Ordering::SeqCst));
    check_eq!(drawn, [1, 1], "how often each of the two pictures was drawn");
    check_eq!(
        fetched.load(Ordering::SeqCst),
        2,
        "how often data were fetched, for two pictures"
    );
    let nothing = pictures(&[], 2, async |satellite| satellite, |satellite| *satellite);
    check_eq!(nothing, Vec::<u32>::new(), "pictures of no satellites");
}
