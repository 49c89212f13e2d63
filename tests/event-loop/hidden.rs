//! What an event loop must do, with a clock that notes when it is asked to wait.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::poll_fn,
    pin::pin,
    rc::Rc,
    task::{Poll, Waker},
    time::Duration,
};

use event_loop::{Clock, EventLoop};
use kata_test::prelude::*;

/// Time passes when the loop waits, and is noted.
#[derive(Clone, Default)]
struct Noting(Rc<Notes>);

#[derive(Default)]
struct Notes {
    now: Cell<Duration>,
    waits: RefCell<Vec<Option<Duration>>>,
    /// What happens outside, each time that the loop waits for as long as it takes.
    outside: RefCell<VecDeque<Box<dyn FnOnce()>>>,
}

impl Noting {
    fn waits(&self) -> Vec<Option<Duration>> {
        self.0.waits.borrow().clone()
    }
}

impl Clock for Noting {
    fn now(&self) -> Duration {
        self.0.now.get()
    }

    fn sleep_until(&self, moment: Option<Duration>) {
        self.0.waits.borrow_mut().push(moment);
        if self.0.waits.borrow().len() > 1000 {
            fail!("the loop has waited a thousand times, and still there are tasks");
        }
        match moment {
            Some(moment) if moment > self.now() => self.0.now.set(moment),
            Some(_) => {}
            None => match self.0.outside.borrow_mut().pop_front() {
                Some(happen) => happen(),
                None => fail!(
                    "the loop waits for ever: no task is ready, no timer runs, and nothing from outside will come"
                ),
            },
        }
    }
}

type Log = Rc<RefCell<Vec<String>>>;

fn log() -> Log {
    Log::default()
}

fn note(log: &Log, text: impl Into<String>) {
    log.borrow_mut().push(text.into());
}

fn noted(log: &Log) -> Vec<String> {
    log.borrow().clone()
}

/// Gives the others a turn: is woken at once, and goes on at the next poll.
async fn give_way() {
    let mut given = false;
    poll_fn(|context| {
        if std::mem::replace(&mut given, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// Counts how often a future is polled.
async fn counted<F: Future>(polls: Rc<Cell<u32>>, future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        polls.set(polls.get() + 1);
        future.as_mut().poll(context)
    })
    .await
}

#[kata_test::test]
fn tasks_take_turns() {
    let tasks = EventLoop::new(Noting::default());
    let log = log();
    for name in ["a", "b", "c"] {
        let log = Rc::clone(&log);
        tasks.spawn(async move {
            for turn in 1..=3 {
                note(&log, format!("{name}{turn}"));
                give_way().await;
            }
        });
    }
    tasks.run();
    check_eq!(
        noted(&log),
        ["a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3"],
        "the turns of three tasks that give way after each"
    );
}

#[kata_test::test]
fn timers_fire_when_they_are_due() {
    let clock = Noting::default();
    let tasks = EventLoop::new(clock.clone());
    let log = log();
    for (name, seconds) in [("a", 30), ("b", 10), ("c", 20), ("d", 10)] {
        let (inside, log, clock) = (tasks.clone(), Rc::clone(&log), clock.clone());
        tasks.spawn(async move {
            inside.sleep(secs(seconds)).await;
            note(&log, format!("{name} at {} s", clock.now().as_secs()));
        });
    }
    tasks.run();
    check_eq!(
        noted(&log),
        ["b at 10 s", "d at 10 s", "c at 20 s", "a at 30 s"],
        "who wakes when, of tasks that sleep 30, 10, 20 and 10 s"
    );
}

#[kata_test::test]
fn it_waits_when_there_is_nothing_to_do_and_only_then() {
    let clock = Noting::default();
    let tasks = EventLoop::new(clock.clone());
    let (inside, seen) = (tasks.clone(), clock.clone());
    tasks.spawn(async move { inside.sleep(secs(5)).await });
    tasks.spawn(async move {
        for _ in 0..50 {
            give_way().await;
        }
        check_eq!(seen.waits(), [], "how the loop has waited while a task was ready");
    });
    tasks.run();
    check_eq!(
        clock.waits(),
        [Some(secs(5))],
        "how the loop has waited, with one timer of 5 s"
    );
}

#[kata_test::test]
fn a_task_is_polled_when_it_was_woken_and_only_then() {
    let tasks = EventLoop::new(Noting::default());
    let (sleeper, twice) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let inside = tasks.clone();
    tasks.spawn(counted(Rc::clone(&sleeper), async move {
        inside.sleep(secs(2)).await;
    }));
    // It is woken twice before its turn comes, and then waits for something else.
    let inside = tasks.clone();
    tasks.spawn(counted(Rc::clone(&twice), async move {
        let mut woken = false;
        poll_fn(|context| {
            if std::mem::replace(&mut woken, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        inside.sleep(secs(1)).await;
    }));
    let inside = tasks.clone();
    tasks.spawn(async move {
        for _ in 0..10 {
            give_way().await;
        }
        inside.sleep(secs(1)).await;
    });
    tasks.run();
    check_eq!(sleeper.get(), 2, "how often a task was polled that sleeps once");
    check_eq!(
        twice.get(),
        3,
        "how often a task was polled that was woken twice before its second turn, and then slept"
    );
}

#[kata_test::test]
fn what_happens_outside_wakes_a_task() {
    let clock = Noting::default();
    let tasks = EventLoop::new(clock.clone());
    let (come, waiting) = (Rc::new(Cell::new(false)), Rc::new(RefCell::new(None::<Waker>)));
    let (has_come, waker) = (Rc::clone(&come), Rc::clone(&waiting));
    tasks.spawn(poll_fn(move |context| match has_come.get() {
        true => Poll::Ready(()),
        false => {
            *waker.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        }
    }));
    clock.0.outside.borrow_mut().push_back(Box::new(move || {
        come.set(true);
        if let Some(waker) = waiting.borrow_mut().take() {
            waker.wake();
        }
    }));
    tasks.run();
    check_eq!(
        clock.waits(),
        [None],
        "how the loop has waited for something from outside"
    );
}

#[kata_test::test]
fn an_old_waker_wakes_nobody() {
    let tasks = EventLoop::new(Noting::default());
    let kept = Rc::new(RefCell::new(None::<Waker>));
    let polls = Rc::new(Cell::new(0));
    let (keep, mut over) = (Rc::clone(&kept), false);
    tasks.spawn(poll_fn(move |context| {
        if over {
            fail!("a future was polled after it had been ready");
        }
        over = true;
        *keep.borrow_mut() = Some(context.waker().clone());
        Poll::Ready(())
    }));
    let (inside, count) = (tasks.clone(), Rc::clone(&polls));
    tasks.spawn(async move {
        // Whoever takes the place of the one that has ended is not the one that is meant.
        let sleeper = inside.clone();
        inside.spawn(counted(count, async move { sleeper.sleep(secs(1)).await }));
        for _ in 0..5 {
            give_way().await;
            if let Some(waker) = &*kept.borrow() {
                waker.wake_by_ref();
            }
        }
    });
    tasks.run();
    check_eq!(
        polls.get(),
        2,
        "how often a task was polled that sleeps once, while an old waker is woken again and again"
    );
}

#[kata_test::test]
fn tasks_that_tasks_spawn_are_run_to_their_ends() {
    let clock = Noting::default();
    let tasks = EventLoop::new(clock.clone());
    let log = log();
    let (inside, outer_log) = (tasks.clone(), Rc::clone(&log));
    tasks.spawn(async move {
        let (deeper, log) = (inside.clone(), Rc::clone(&outer_log));
        inside.spawn(async move {
            note(&log, "inner begins");
            deeper.sleep(secs(1)).await;
            note(&log, "inner ends");
        });
        note(&outer_log, "outer ends");
    });
    tasks.run();
    check_eq!(
        noted(&log),
        ["outer ends", "inner begins", "inner ends"],
        "a task that spawns another one"
    );
    // And again, with the same loop.
    let inside = tasks.clone();
    tasks.spawn(async move { inside.sleep(secs(2)).await });
    tasks.run();
    check_eq!(clock.now(), secs(3), "the time after another run, of 2 s");
    EventLoop::new(clock.clone()).run();
    check_eq!(
        clock.waits().len(),
        2,
        "how often the loop has waited, the last time without any task"
    );
}

#[kata_test::test]
fn a_timer_that_is_dropped_is_forgotten() {
    let clock = Noting::default();
    let tasks = EventLoop::new(clock.clone());
    let inside = tasks.clone();
    tasks.spawn(async move {
        let (short, long) = (inside.sleep(secs(1)), inside.sleep(secs(60)));
        let (mut short, mut long) = (Box::pin(short), Box::pin(long));
        // Whichever is first.
        poll_fn(move |context| match long.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(()),
            Poll::Pending => short.as_mut().poll(context),
        })
        .await;
        inside.sleep(secs(1)).await;
    });
    tasks.run();
    check_eq!(
        clock.waits(),
        [Some(secs(1)), Some(secs(2))],
        "until when the loop has waited, where a timer of 60 s is dropped after 1 s"
    );
    let inside = tasks.clone();
    tasks.spawn(async move {
        let mut early = Box::pin(inside.sleep(secs(3)));
        poll_fn(|context| {
            // Nobody will come back to it.
            let _ = early.as_mut().poll(context);
            Poll::Ready(())
        })
        .await;
        drop(early);
        inside.sleep(secs(10)).await;
    });
    tasks.run();
    check_eq!(
        clock.waits().last(),
        Some(&Some(secs(12))),
        "until when the loop has waited last, from 2 s on, where a timer of 3 s is dropped and one of 10 s is not"
    );
    check_eq!(
        clock.waits().len(),
        3,
        "how often the loop has waited, all in all, where a timer of 3 s is dropped at once"
    );
}

struct Noisy(Log);

impl Drop for Noisy {
    fn drop(&mut self) {
        note(&self.0, "dropped");
    }
}

#[kata_test::test]
fn a_task_is_dropped_when_it_ends() {
    let tasks = EventLoop::new(Noting::default());
    let log = log();
    let noisy = Noisy(Rc::clone(&log));
    let mut noisy = Some(noisy);
    // It ends without giving up what it holds: that is its owner's doing.
    tasks.spawn(poll_fn(move |_| {
        let _held = &mut noisy;
        Poll::Ready(())
    }));
    let (inside, other) = (tasks.clone(), Rc::clone(&log));
    tasks.spawn(async move {
        inside.sleep(secs(1)).await;
        note(&other, "a second later");
    });
    tasks.run();
    check_eq!(
        noted(&log),
        ["dropped", "a second later"],
        "a task that has ended, and one that sleeps"
    );
}
