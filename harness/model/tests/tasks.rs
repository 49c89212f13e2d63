//! Tasks of tokio, in every order.

#![allow(clippy::unwrap_used, reason = "scenarios panic where they fail")]

use std::{
    cell::RefCell,
    collections::BTreeSet,
    panic::{AssertUnwindSafe, Location, catch_unwind},
    rc::Rc,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::Duration,
};

use kata_model::tasks::{Config, Failure, Proof, Report, Root, Until, explore, gated};
use tokio::{
    sync::{Notify, mpsc, oneshot},
    task::{JoinHandle, yield_now},
    time::{Instant, sleep},
};

const CONFIG: Config = Config {
    exhaustive: 50_000,
    bounded: 2_000,
    samples: 200,
    steps: 1_000,
};

/// Long enough that nothing else waits for it.
const FOR_EVER: Duration = Duration::from_secs(1_000_000);

#[track_caller]
fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    tokio::spawn(gated(future, Location::caller()))
}

/// How an execution ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Panicked(String),
    Stuck,
}

fn run<F: Future<Output = ()>>(start: &impl Fn() -> F) -> Option<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .event_interval(u32::MAX)
        .build()
        .unwrap();
    let ended = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            tokio::select! {
                biased;
                ended = Root::new(start(), || Duration::ZERO) => ended.map(|()| Outcome::Passed),
                () = sleep(FOR_EVER) => Some(Outcome::Stuck),
            }
        })
    }));
    ended.unwrap_or_else(|payload| {
        let text = payload.downcast_ref::<String>().cloned();
        let text = text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Some(Outcome::Panicked(text.unwrap_or_default()))
    })
}

fn explored<F: Future<Output = ()>>(start: impl Fn() -> F) -> Report<Outcome> {
    explore(&CONFIG, || run(&start), |outcome| *outcome == Outcome::Passed).unwrap()
}

fn proved<F: Future<Output = ()>>(start: impl Fn() -> F) -> Proof {
    explored(start).verdict.unwrap()
}

fn failure<F: Future<Output = ()>>(start: impl Fn() -> F) -> Failure<Outcome> {
    *explored(start).verdict.unwrap_err()
}

/// Every order in which two tasks of `turns` turns each, and the scenario that awaits them, have their turns.
fn orders(turns: u32) -> (BTreeSet<String>, Proof) {
    let seen = RefCell::new(BTreeSet::new());
    let proof = proved(|| async {
        let log = Arc::new(Mutex::new(String::new()));
        let task = |name: char| {
            let log = Arc::clone(&log);
            spawn(async move {
                for _ in 0..turns {
                    log.lock().unwrap().push(name);
                    // Both are due at the same time, each time.
                    sleep(Duration::from_secs(1)).await;
                }
            })
        };
        let (a, b) = (task('a'), task('b'));
        a.await.unwrap();
        b.await.unwrap();
        seen.borrow_mut().insert(log.lock().unwrap().clone());
    });
    (seen.into_inner(), proof)
}

#[test]
fn tasks_that_are_due_at_once_go_on_in_every_order() {
    let (seen, proof) = orders(2);
    let all = ["abab", "abba", "baab", "baba"].map(str::to_owned);
    assert_eq!(seen, BTreeSet::from(all));
    assert!(matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

/// Takes from an account what is there, with a pause between the look and the deed.
async fn withdraw(balance: Arc<AtomicU32>, amount: u32) -> bool {
    if balance.load(SeqCst) < amount {
        return false;
    }
    yield_now().await;
    balance.store(balance.load(SeqCst).wrapping_sub(amount), SeqCst);
    true
}

#[test]
fn a_check_before_an_await_and_an_act_behind_it_fail_in_some_order() {
    let found = failure(|| async {
        let balance = Arc::new(AtomicU32::new(100));
        let (theirs, started) = (Arc::clone(&balance), Arc::new(Notify::new()));
        let told = Arc::clone(&started);
        let other = spawn(async move {
            let paid = withdraw(theirs, 80).await;
            told.notify_one();
            paid
        });
        // If the other one is not begun, it is waited for: no race then.
        let mine = withdraw(Arc::clone(&balance), 80).await;
        let others = other.await.unwrap();
        assert!(!(mine && others), "both were paid");
    });
    assert_eq!(
        found.outcome,
        Some(Outcome::Panicked("both were paid".to_owned()))
    );
    assert_eq!(found.tasks.len(), 2);
    assert!(!found.steps.is_empty());
}

#[test]
fn what_fails_in_one_order_only_passes_in_others() {
    // The message is lost if the sender's task runs before the receiver waits.
    let found = failure(|| async {
        let notify = Arc::new(Notify::new());
        let (waits, wakes) = (Arc::clone(&notify), notify);
        let waiter = spawn(async move { waits.notified().await });
        spawn(async move { wakes.notify_waiters() });
        waiter.await.unwrap();
    });
    assert_eq!(found.outcome, Some(Outcome::Stuck));
    assert!(found.some_pass);
    assert_eq!(found.delays, 1, "{:?}", found.choices);
    let last = found.steps.last().unwrap();
    assert!(
        matches!(&last.until, Until::Waits(stacks) if !stacks.is_empty()),
        "{last:?}"
    );
}

#[test]
fn the_execution_that_fails_first_is_counted_past_the_cap() {
    let config = Config {
        exhaustive: 1,
        ..CONFIG
    };
    let start = || async {
        let order = Arc::new(Mutex::new(Vec::new()));
        let tasks = [1, 2].map(|number| {
            let order = Arc::clone(&order);
            spawn(async move { order.lock().unwrap().push(number) })
        });
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [1, 2]);
    };
    let report = explore(&config, || run(&start), |outcome| *outcome == Outcome::Passed).unwrap();
    let failure = report.verdict.unwrap_err();
    // One execution of the search in every order, one without delays, then two others with at most one.
    assert_eq!((failure.found_at, failure.delays), (5, 1));
}

#[test]
fn a_task_that_panics_has_a_turn_that_ends_so() {
    let found = failure(|| async {
        let bad = spawn(async { panic!("no") });
        assert!(bad.await.is_ok(), "the task failed");
    });
    assert!(!found.some_pass);
    assert!(found.steps.iter().any(|step| step.until == Until::Panicked));
}

#[test]
fn waiting_in_a_loop_gives_way() {
    let proof = proved(|| async {
        let flag = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&flag);
        let other = spawn(async move {
            yield_now().await;
            theirs.store(1, SeqCst);
        });
        while flag.load(SeqCst) == 0 {
            yield_now().await;
        }
        other.await.unwrap();
    });
    assert!(matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

#[test]
fn tasks_that_run_on_and_on_are_an_end_of_their_own() {
    let found = failure(|| async {
        loop {
            yield_now().await;
        }
    });
    assert_eq!(found.outcome, None);
}

#[test]
fn time_moves_only_when_nobody_can_go_on() {
    let proof = proved(|| async {
        let begun = Instant::now();
        let late = spawn(async {
            sleep(Duration::from_secs(2)).await;
        });
        let early = spawn(async {
            yield_now().await;
            sleep(Duration::from_secs(1)).await;
        });
        early.await.unwrap();
        assert_eq!(begun.elapsed(), Duration::from_secs(1));
        late.await.unwrap();
        assert_eq!(begun.elapsed(), Duration::from_secs(2));
    });
    assert!(matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

#[test]
fn the_channels_and_the_handles_are_tokios_own() {
    let proof = proved(|| async {
        let (to, mut from) = mpsc::channel(1);
        let (done, is_done) = oneshot::channel();
        let producer = spawn(async move {
            for number in 0..2 {
                to.send(number).await.unwrap();
            }
        });
        let consumer = spawn(async move {
            let mut sum = 0;
            while let Some(number) = from.recv().await {
                sum += number;
            }
            done.send(sum).unwrap();
        });
        assert_eq!(is_done.await, Ok(1));
        producer.await.unwrap();
        consumer.await.unwrap();
    });
    assert!(matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

#[test]
fn a_cancelled_task_costs_the_proof() {
    let proof = proved(|| async {
        let waits = spawn(async { sleep(FOR_EVER / 2).await });
        yield_now().await;
        waits.abort();
        assert!(waits.await.unwrap_err().is_cancelled());
    });
    assert!(matches!(proof, Proof::Sampled { .. }), "{proof:?}");
}

#[test]
fn too_many_orders_are_bounded_by_delays() {
    let proof = proved(|| async {
        let tasks: Vec<_> = (0..6)
            .map(|_| {
                spawn(async {
                    sleep(Duration::from_secs(1)).await;
                    sleep(Duration::from_secs(1)).await;
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert!(matches!(proof, Proof::Bounded { delays: 2, .. }), "{proof:?}");
}

#[test]
fn what_differs_from_run_to_run_is_no_verdict() {
    let runs = Rc::new(AtomicU32::new(0));
    let counted = Rc::clone(&runs);
    let start = move || {
        let run = counted.fetch_add(1, SeqCst);
        async move {
            let tasks = [spawn(async {}), spawn(async {})];
            for task in tasks {
                task.await.unwrap();
            }
            assert!(run != 2, "run {run}");
        }
    };
    let result = explore(&CONFIG, || run(&start), |outcome| *outcome == Outcome::Passed);
    assert!(result.is_err(), "{result:?}");
}
