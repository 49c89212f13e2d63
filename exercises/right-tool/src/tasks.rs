//! A small event loop, which is given: any number of tasks wait on one thread.
//!
//! A task is a future here. [`block_on`] runs one on the calling thread, [`join_all`] makes one of many, and in a
//! [`sleep`] a task waits. While one task waits, the thread goes on with the others; while one computes, they all
//! stand still.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future;
use std::panic::{self, AssertUnwindSafe};
use std::pin::{Pin, pin};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

/// Runs a future on the calling thread, until it is ready.
///
/// # Panics
///
/// If a task calls it: all others would wait for that one. A task awaits.
///
/// ```
/// use std::time::Duration;
///
/// use right_tool::tasks;
///
/// let seven = tasks::block_on(async {
///     tasks::sleep(Duration::from_millis(1)).await;
///     7
/// });
/// assert_eq!(seven, 7);
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    assert!(
        !in_a_task(),
        "tasks::block_on is called by a task, and all others of its thread would wait: a task awaits"
    );
    TASKS.set(Some(Tasks::new()));
    let ended = panic::catch_unwind(AssertUnwindSafe(|| until_ready(future)));
    // However it ends, nothing of it stays behind.
    drop(TASKS.take());
    ended.unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

fn until_ready<F: Future>(future: F) -> F::Output {
    let bell = Arc::new(Bell::of_this_thread());
    let waker = Waker::from(Arc::clone(&bell));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        let due = with(Tasks::turn);
        due.into_iter().for_each(Waker::wake);
        with(|tasks| tasks.woken = false);
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // Who can go on at once has asked for another turn. Else there is nothing to do here until the next timer is
        // due, or somebody on another thread rings.
        let (woken, left) = with(|tasks| (tasks.woken, tasks.next_timer()));
        bell.wait(if woken { Some(Duration::ZERO) } else { left });
    }
}

/// Runs all futures at once, as one task, and returns their outputs in the order of the futures.
///
/// ```
/// use right_tool::tasks;
///
/// let squares = tasks::join_all((1..=3).map(|n| async move { n * n }));
/// assert_eq!(tasks::block_on(squares), [1, 4, 9]);
/// ```
pub async fn join_all<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<Option<Pin<Box<F>>>> =
        futures.into_iter().map(|future| Some(Box::pin(future))).collect();
    let mut outputs: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    // Whoever is woken, all that still wait are asked: simple, and good enough for some thousands.
    future::poll_fn(|context| {
        for (future, output) in waiting.iter_mut().zip(&mut outputs) {
            if let Some(polled) = future
                && let Poll::Ready(ready) = polled.as_mut().poll(context)
            {
                *output = Some(ready);
                *future = None;
            }
        }
        if waiting.iter().all(Option::is_none) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    outputs.into_iter().flatten().collect()
}

/// Waits for so long, counted from when it is first awaited.
///
/// Its thread is free meanwhile. (`std::thread::sleep` keeps it, and all its tasks wait.)
///
/// # Panics
///
/// If it is awaited elsewhere than in [`block_on`].
pub fn sleep(duration: Duration) -> Sleep {
    Sleep {
        duration,
        timer: None,
        waker: None,
    }
}

/// Whether the calling code is part of a task: whether [`block_on`] is running on this thread.
pub fn in_a_task() -> bool {
    TASKS.with_borrow(Option::is_some)
}

/// The future of [`sleep`].
#[derive(Debug)]
#[must_use = "a future does nothing until it is awaited"]
pub struct Sleep {
    duration: Duration,
    timer: Option<Timer>,
    /// Whom the timer wakes.
    waker: Option<Waker>,
}

/// When a timer is due, and its number, since several may be due at once.
type Timer = (Instant, u64);

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let duration = self.duration;
        let timer = *self
            .timer
            .get_or_insert_with(|| with(|tasks| tasks.new_timer(duration)));
        if with(|tasks| timer.0 <= tasks.now) {
            return Poll::Ready(());
        }
        let waker = context.waker();
        if !self.waker.as_ref().is_some_and(|known| known.will_wake(waker)) {
            // The one before is dropped here, where nothing is borrowed.
            let registered = waker.clone();
            let _before = with(|tasks| tasks.timers.insert(timer, registered));
            self.waker = Some(waker.clone());
        }
        Poll::Pending
    }
}

thread_local! {
    /// What `block_on` knows of this thread's tasks, while it runs.
    static TASKS: RefCell<Option<Tasks>> = const { RefCell::new(None) };
}

struct Tasks {
    /// The time, as of the beginning of this turn.
    now: Instant,
    /// Who waits for which moment. A sleep that is given up is still in it, and wakes for nothing.
    timers: BTreeMap<Timer, Waker>,
    timers_made: u64,
    /// Whether somebody on this thread has asked for another turn.
    woken: bool,
}

impl Tasks {
    fn new() -> Tasks {
        Tasks {
            now: Instant::now(),
            timers: BTreeMap::new(),
            timers_made: 0,
            woken: false,
        }
    }

    /// Begins a turn: looks at the clock, and returns whose moment has come.
    fn turn(&mut self) -> Vec<Waker> {
        self.now = Instant::now();
        let mut due = Vec::new();
        while let Some(timer) = self.timers.first_entry()
            && timer.key().0 <= self.now
        {
            due.push(timer.remove());
        }
        due
    }

    fn new_timer(&mut self, duration: Duration) -> Timer {
        self.timers_made += 1;
        (self.now + duration, self.timers_made)
    }

    /// The time until the next timer is due.
    fn next_timer(&self) -> Option<Duration> {
        let ((due, _), _) = self.timers.first_key_value()?;
        Some(due.duration_since(self.now))
    }
}

fn with<T>(look: impl FnOnce(&mut Tasks) -> T) -> T {
    TASKS.with_borrow_mut(|tasks| {
        look(
            tasks
                .as_mut()
                .expect("tasks::sleep is awaited outside of tasks::block_on"),
        )
    })
}

/// Wakes the thread of `block_on`.
struct Bell {
    thread: ThreadId,
    /// Whether it has rung since the last wait.
    rung: Mutex<bool>,
    rings: Condvar,
}

impl Bell {
    fn of_this_thread() -> Bell {
        Bell {
            thread: thread::current().id(),
            rung: Mutex::new(false),
            rings: Condvar::new(),
        }
    }

    /// Waits until it rings, or until the time is over, if there is a limit.
    fn wait(&self, limit: Option<Duration>) {
        let rung = self.rung.lock().expect("no lock is held in a panic");
        let silent = |rung: &mut bool| !*rung;
        let mut rung = match limit {
            Some(Duration::ZERO) => rung,
            Some(limit) => {
                let waited = self.rings.wait_timeout_while(rung, limit, silent);
                waited.expect("no lock is held in a panic").0
            }
            None => {
                let waited = self.rings.wait_while(rung, silent);
                waited.expect("no lock is held in a panic")
            }
        };
        *rung = false;
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // A thread that wakes itself is awake, and only has to know that it goes on.
        let here = thread::current().id() == self.thread && in_a_task();
        if here {
            with(|tasks| tasks.woken = true);
        } else {
            *self.rung.lock().expect("no lock is held in a panic") = true;
            self.rings.notify_one();
        }
    }
}
