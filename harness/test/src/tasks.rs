//! Kind `explore-tasks`: an async body, in one order of its tasks after the other.

use std::{cell::Cell, pin::Pin, time::Duration};

use kata_calls::event_loop;
use kata_model::tasks::{Config, Failure, Proof, Root, Stack, Until, explore};
use kata_protocol::{
    Caps, Location, Verdict,
    frame::{Outcome, Stacks},
    tasks::{Ending, Task, Turn, Turns},
    trace::{self, STEPS_CAP},
};
use tokio::{
    runtime::Builder,
    time::{Instant, sleep},
};

use crate::{explore::not_run, panics, plain, task_ids, virtual_time};

/// The body of a test, begun.
type Started = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    /// When the execution began, on the runtime's clock.
    static BEGUN: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Explores the orders of the body's tasks.
pub(crate) fn run(start: fn() -> Started, caps: &Caps) -> Outcome {
    let config = Config {
        exhaustive: caps.exhaustive,
        bounded: caps.bounded,
        samples: caps.samples,
        steps: caps.steps as usize,
    };
    let passes = |outcome: &Outcome| outcome.verdict.is_pass();
    match panics::quietly(|| explore(&config, || once(start), passes)) {
        Ok(report) => match report.verdict {
            Ok(proof) => Outcome {
                proof: Some(proved(proof)),
                steps: Some(report.steps),
                ..Outcome::pass()
            },
            Err(failure) => failed(*failure),
        },
        Err(error) => not_run(&error),
    }
}

/// Runs the body in one order; `None` if it does not come to an end.
fn once(start: fn() -> Started) -> Option<Outcome> {
    panics::forget();
    let (mut ended, mut before) = (None, None);
    let outcome = plain::run(|| {
        // All that is woken is polled before the root is: else it would choose among too few.
        let runtime = virtual_time::runtime(Builder::new_current_thread().event_interval(u32::MAX));
        // A task that does nothing: those that the test starts have the numbers behind it.
        before = Some(runtime.spawn(async {}).id());
        let body = async {
            BEGUN.set(Some(Instant::now()));
            tokio::select! {
                biased;
                ended = Root::new(start(), elapsed) => ended.map(|()| Outcome::pass()),
                () = sleep(virtual_time::FOR_EVER) => Some(virtual_time::stuck()),
            }
        };
        ended = event_loop::during(|| runtime.block_on(virtual_time::in_turns(body)));
        // Whatever is still there ends here, where it can still panic.
        drop(runtime);
    });
    let mut outcome = match outcome.verdict.is_pass() {
        true => ended?,
        false => outcome,
    };
    if let Some(before) = before {
        for text in outcome.message.iter_mut().chain(&mut outcome.notes) {
            *text = task_ids::since(before, text);
        }
    }
    Some(outcome)
}

fn elapsed() -> Duration {
    BEGUN.get().map_or(Duration::ZERO, |begun| begun.elapsed())
}

fn proved(proof: Proof) -> trace::Proof {
    match proof {
        Proof::Exhausted { executions } => trace::Proof::Orders { executions },
        Proof::Bounded { delays, executions } => trace::Proof::Delayed { delays, executions },
        Proof::Sampled { executions } => trace::Proof::Sampled {
            executions,
            weak_orderings: false,
        },
    }
}

fn failed(failure: Failure<Outcome>) -> Outcome {
    // Those that the outcome refers to keep their numbers.
    let mut stacks = Stacks::default();
    for stack in failure.outcome.iter().flat_map(|outcome| &outcome.stacks) {
        stacks.number(stack.clone());
    }
    let turns = turns(&failure, &mut stacks);
    let Some(outcome) = failure.outcome else {
        let message = "its tasks run on and on, and none of them ends the test".to_owned();
        return Outcome {
            turns: Some(Box::new(turns)),
            stacks: stacks.into_inner(),
            ..Outcome::fail(Verdict::Livelock, message)
        };
    };
    // A deadlock is one, however rare; what is wrong in some orders only is a race.
    let depends = matches!(outcome.verdict, Verdict::WrongAnswer | Verdict::Panic) && failure.some_pass;
    Outcome {
        verdict: if depends { Verdict::Race } else { outcome.verdict },
        turns: Some(Box::new(turns)),
        stacks: stacks.into_inner(),
        ..outcome
    }
}

fn turns(failure: &Failure<Outcome>, stacks: &mut Stacks) -> Turns {
    let left_out = failure.steps.len().saturating_sub(STEPS_CAP);
    Turns {
        found_at: failure.found_at,
        delays: failure.delays,
        some_pass: failure.some_pass,
        tasks: failure
            .tasks
            .iter()
            .map(|task| Task {
                spawned: task.spawned.map(|at| Location {
                    file: at.file.to_owned(),
                    line: at.line,
                    column: at.column,
                }),
            })
            .collect(),
        turns: failure.steps[left_out..]
            .iter()
            .map(|step| Turn {
                task: step.task,
                at_ns: u64::try_from(step.at.as_nanos()).unwrap_or(u64::MAX),
                until: until(&step.until, stacks),
            })
            .collect(),
        left_out,
        schedule: failure.choices.clone(),
    }
}

fn until(until: &Until, stacks: &mut Stacks) -> kata_protocol::tasks::Until {
    let (ending, at): (_, &[Stack]) = match until {
        Until::Waits(at) => (Ending::Waits, at),
        Until::Ended => (Ending::Ended, &[]),
        Until::Panicked => (Ending::Panicked, &[]),
    };
    kata_protocol::tasks::Until {
        ending,
        stacks: at
            .iter()
            .filter_map(|stack| stacks.number(stack.clone()))
            .collect(),
        at: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        panic::Location,
        sync::{
            Arc,
            atomic::{AtomicU32, Ordering::SeqCst},
        },
    };

    use kata_model::tasks::gated;
    use tokio::task::JoinHandle;

    use super::*;
    use crate::{check_eq, secs};

    #[track_caller]
    fn spawn<F>(future: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        tokio::spawn(gated(future, Location::caller()))
    }

    /// Two tasks that each add 1 to what they have seen before they slept.
    async fn two_add(nap: impl Fn() -> Duration) -> u32 {
        let sum = Arc::new(AtomicU32::new(0));
        let add = || {
            let (sum, nap) = (Arc::clone(&sum), nap());
            spawn(async move {
                let seen = sum.load(SeqCst);
                sleep(nap).await;
                sum.store(seen + 1, SeqCst);
            })
        };
        for task in [add(), add()] {
            task.await.unwrap();
        }
        sum.load(SeqCst)
    }

    #[test]
    fn what_fails_in_every_order_is_wrong() {
        let outcome = run(
            || Box::pin(async { check_eq!(two_add(|| secs(1)).await, 2) }),
            &Caps::default(),
        );
        assert_eq!(outcome.verdict, Verdict::WrongAnswer);
        assert_eq!(outcome.message.as_deref(), Some("expected 2, got 1"));
    }

    #[test]
    fn what_fails_in_some_orders_is_a_race() {
        let outcome = run(
            || {
                Box::pin(async {
                    let order = Arc::new(AtomicU32::new(0));
                    let tasks = [1, 2].map(|number| {
                        let order = Arc::clone(&order);
                        spawn(async move { order.store(order.load(SeqCst) * 10 + number, SeqCst) })
                    });
                    for task in tasks {
                        task.await.unwrap();
                    }
                    check_eq!(order.load(SeqCst), 12);
                })
            },
            &Caps::default(),
        );
        assert_eq!(outcome.verdict, Verdict::Race);
        let turns = outcome.turns.unwrap();
        assert_eq!((turns.delays, turns.some_pass, turns.tasks.len()), (1, true, 3));
    }

    #[test]
    fn the_orders_that_pass_are_counted() {
        let outcome = run(
            || {
                Box::pin(async {
                    let tasks = [1, 2].map(|nap| spawn(sleep(secs(nap))));
                    for task in tasks {
                        task.await.unwrap();
                    }
                    check_eq!(1, 1);
                })
            },
            &Caps::default(),
        );
        assert_eq!(outcome.verdict, Verdict::Pass, "{outcome:?}");
        assert!(
            matches!(outcome.proof, Some(trace::Proof::Orders { .. })),
            "{outcome:?}"
        );
    }

    #[test]
    fn what_nothing_can_wake_is_a_deadlock() {
        let outcome = run(
            || {
                Box::pin(async {
                    let (keep, waits) = tokio::sync::oneshot::channel::<()>();
                    let _ = spawn(waits).await;
                    drop(keep);
                })
            },
            &Caps::default(),
        );
        assert_eq!(outcome.verdict, Verdict::Deadlock, "{outcome:?}");
        let turns = outcome.turns.unwrap();
        assert_eq!(turns.turns.last().unwrap().until.ending, Ending::Waits);
    }
}
