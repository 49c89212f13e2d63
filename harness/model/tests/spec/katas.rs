//! Solutions of the size that exercises have: each is exhausted, in a fraction of the time that compiling it takes.

use std::collections::VecDeque;

use kata_model::{
    explore::{Config, Proof, explore},
    sync::{
        Arc, Condvar, Mutex, RwLock,
        atomic::{AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    thread,
};

/// A scenario, and the most executions that it may take.
const KATAS: &[(&str, fn(), u64)] = &[
    ("counter, 3 threads x 3", || counter(3, 3), 2_000),
    ("counter, 4 threads x 2", || counter(4, 2), 3_000),
    ("transfer, 4 threads", || transfer(4), 50),
    ("reader-writer, 2 + 1, x 2", || readers_and_writers(2, 1, 2), 300),
    ("reader-writer, 3 + 2", || readers_and_writers(3, 2, 1), 600),
    ("bounded buffer, 1 + 1, 3 items", || bounded_buffer(1, 1, 3), 600),
    ("bounded buffer, 2 + 2", || bounded_buffer(2, 2, 1), 4_000),
    ("thread pool, 2 workers, 3 jobs", || thread_pool(2, 3), 400),
    ("thread pool, 3 workers, 3 jobs", || thread_pool(3, 3), 5_000),
];

#[test]
fn solutions_are_exhausted() {
    for (name, scenario, most) in KATAS {
        let start = std::time::Instant::now();
        let report = explore(&Config::default(), *scenario).unwrap();
        println!(
            "{name:<32} {:>6} executions {:>8} steps {:>9.1?}",
            report.executions,
            report.steps,
            start.elapsed()
        );
        let proof = report
            .verdict
            .unwrap_or_else(|failure| panic!("{name}: {failure:#?}"));
        assert!(
            matches!(proof, Proof::Exhausted { spurious: true, .. }),
            "{name}: {proof:?}"
        );
        assert!(report.executions <= *most, "{name}: {}", report.executions);
    }
}

fn counter(threads: u32, times: u32) {
    let count = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..times).for_each(|_| *count.lock().unwrap() += 1));
        }
    });
    assert_eq!(*count.lock().unwrap(), threads * times);
}

fn transfer(threads: usize) {
    let accounts = [100, 100, 100].map(Mutex::new);
    thread::scope(|scope| {
        for from in 0..threads {
            let accounts = &accounts;
            scope.spawn(move || {
                let (from, to) = (from % 3, (from + 1) % 3);
                let mut first = accounts[from.min(to)].lock().unwrap();
                let mut second = accounts[from.max(to)].lock().unwrap();
                *first -= 10;
                *second += 10;
            });
        }
    });
    let sum: i32 = accounts.iter().map(|account| *account.lock().unwrap()).sum();
    assert_eq!(sum, 300);
}

fn readers_and_writers(readers: u32, writers: u32, times: u32) {
    let pair = RwLock::new((0, 0));
    thread::scope(|scope| {
        for _ in 0..readers {
            scope.spawn(|| {
                for _ in 0..times {
                    let pair = pair.read().unwrap();
                    assert_eq!(pair.0, pair.1);
                }
            });
        }
        for _ in 0..writers {
            scope.spawn(|| {
                for _ in 0..times {
                    let mut pair = pair.write().unwrap();
                    pair.0 += 1;
                    pair.1 += 1;
                }
            });
        }
    });
}

fn bounded_buffer(producers: u32, consumers: u32, items: u32) {
    let queue = Mutex::new(VecDeque::new());
    let (not_full, not_empty) = (Condvar::new(), Condvar::new());
    thread::scope(|scope| {
        for _ in 0..producers {
            scope.spawn(|| {
                for item in 0..items {
                    let full = |queue: &mut VecDeque<u32>| queue.len() == 1;
                    let mut queue = not_full.wait_while(queue.lock().unwrap(), full).unwrap();
                    queue.push_back(item);
                    not_empty.notify_one();
                }
            });
        }
        for _ in 0..consumers {
            scope.spawn(|| {
                for _ in 0..items * producers / consumers {
                    let empty = |queue: &mut VecDeque<u32>| queue.is_empty();
                    let mut queue = not_empty.wait_while(queue.lock().unwrap(), empty).unwrap();
                    queue.pop_front();
                    not_full.notify_one();
                }
            });
        }
    });
    assert!(queue.lock().unwrap().is_empty());
}

type Job = Box<dyn FnOnce() + Send>;

/// Workers that share a channel of jobs, and end with it.
struct Pool {
    workers: Vec<thread::JoinHandle<()>>,
    jobs: Option<mpsc::Sender<Job>>,
}

impl Pool {
    fn new(workers: usize) -> Self {
        let (sender, receiver) = mpsc::channel::<Job>();
        let receiver = Arc::new(Mutex::new(receiver));
        let work = || {
            let receiver = Arc::clone(&receiver);
            thread::spawn(move || {
                loop {
                    let job = receiver.lock().unwrap().recv();
                    let Ok(job) = job else { return };
                    job();
                }
            })
        };
        Pool {
            workers: (0..workers).map(|_| work()).collect(),
            jobs: Some(sender),
        }
    }

    fn run(&self, job: impl FnOnce() + Send + 'static) {
        self.jobs.as_ref().unwrap().send(Box::new(job)).unwrap();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.jobs = None;
        for worker in self.workers.drain(..) {
            worker.join().unwrap();
        }
    }
}

fn thread_pool(workers: usize, jobs: u32) {
    let done = Arc::new(AtomicU32::new(0));
    let pool = Pool::new(workers);
    for _ in 0..jobs {
        let done = Arc::clone(&done);
        pool.run(move || {
            done.fetch_add(1, SeqCst);
        });
    }
    drop(pool);
    assert_eq!(done.load(SeqCst), jobs);
}
