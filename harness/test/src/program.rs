//! What tests of kind `program` are written with: runs of the learner's program, and what its processes did.
//!
//! ```ignore
//! let run = program().args(["4", "1000"]).run();
//! check_eq!(run.exit_code(), Some(0), "the exit code");
//! check_eq!(run.stdout().trim(), "168", "the number of primes below 1000");
//! check_eq!(run.most_alive_at_once(), 4, "children that were alive together");
//! ```
//!
//! The test's process starts nothing (`kata_protocol::program` says why): the first time, the test is broken off at a run that has not been made
//! yet. So it must ask for the same runs each time, in the same order, as long as what they do is the same.

use std::{
    panic::resume_unwind,
    sync::{Mutex, MutexGuard, PoisonError},
};

use kata_protocol::{
    Verdict,
    frame::Outcome,
    program::{End, Launch, Process, RUNS_CAP, Ran},
};

use crate::check::fail_with;

/// The runs that have been made, from the one on that is asked for next.
static RUNS: Mutex<Runs> = Mutex::new(Runs {
    made: Vec::new(),
    next: 0,
    graded: false,
});

struct Runs {
    made: Vec<Ran>,
    next: usize,
    /// Whether a grader has asked, which can make runs.
    graded: bool,
}

fn runs() -> MutexGuard<'static, Runs> {
    RUNS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Begins with the runs that the grader has made.
pub(crate) fn begin(made: Vec<Ran>) {
    *runs() = Runs {
        made,
        next: 0,
        graded: true,
    };
}

/// That a test cannot go on without a run.
struct Wanted(Launch);

/// The answer of a test that was broken off for a run.
pub(crate) fn wanted(payload: &(dyn std::any::Any + Send)) -> Option<Outcome> {
    let Wanted(launch) = payload.downcast_ref()?;
    Some(Outcome {
        wanted: Some(Box::new(launch.clone())),
        ..Outcome::fail(
            Verdict::HarnessError,
            "the test was broken off for a run of the program",
        )
    })
}

/// A run of the learner's program, without arguments and input so far.
pub fn program() -> Program {
    Program(Launch::default())
}

/// A run that is going to be asked for.
#[derive(Clone, Debug)]
pub struct Program(Launch);

impl Program {
    /// With one more argument.
    #[must_use]
    pub fn arg(mut self, arg: impl ToString) -> Program {
        self.0.args.push(arg.to_string());
        self
    }

    /// With more arguments.
    #[must_use]
    pub fn args<T: ToString>(mut self, args: impl IntoIterator<Item = T>) -> Program {
        self.0.args.extend(args.into_iter().map(|arg| arg.to_string()));
        self
    }

    /// With this on its standard input.
    #[must_use]
    pub fn stdin(mut self, text: impl Into<String>) -> Program {
        self.0.stdin = text.into();
        self
    }

    /// What comes of it. The learner's program has ended by itself then: where it passes a limit, the test is over.
    pub fn run(self) -> Run {
        let mut runs = runs();
        assert!(
            runs.graded,
            "the learner's program is run by `kata check` only: tests of kind `program` cannot be run otherwise"
        );
        let at = runs.next;
        runs.next += 1;
        match runs.made.get(at) {
            Some(ran) => {
                assert!(
                    ran.launch == self.0,
                    "a test of kind `program` must ask for the same runs each time"
                );
                Run(ran.clone())
            }
            None => {
                assert!(
                    at < RUNS_CAP,
                    "a test may ask for {RUNS_CAP} runs, and not for more"
                );
                drop(runs);
                resume_unwind(Box::new(Wanted(self.0)))
            }
        }
    }
}

/// A run of the learner's program, and the processes that it had.
///
/// A process that comes to its end is held there until nothing else can move, so that who is alive together does not depend on how fast
/// anything is: a parent that waits for each child before it starts the next has one alive at once, one that starts them all first has all of
/// them. A parent that sleeps before it starts the next is waited for, up to two seconds.
#[derive(Clone, Debug)]
pub struct Run(Ran);

impl Run {
    /// What it printed.
    pub fn stdout(&self) -> &str {
        &self.0.stdout
    }

    /// What it printed on standard error.
    pub fn stderr(&self) -> &str {
        &self.0.stderr
    }

    /// The exit code of its own process; `None` where a signal has ended it.
    pub fn exit_code(&self) -> Option<i32> {
        match self.0.processes.first()?.end {
            Some(End::Exited(code)) => Some(code),
            _ => None,
        }
    }

    /// How many processes its own process has started, and these, and so on.
    pub fn descendants(&self) -> usize {
        self.0.processes.len().saturating_sub(1)
    }

    /// The most of these that were alive at the same time.
    pub fn most_alive_at_once(&self) -> usize {
        let mut moments: Vec<(u32, bool)> = self
            .others()
            .flat_map(|process| {
                [
                    Some((process.began, true)),
                    process.ended.map(|ended| (ended, false)),
                ]
            })
            .flatten()
            .collect();
        moments.sort_unstable();
        let (mut alive, mut most) = (0_usize, 0);
        for (_, begins) in moments {
            alive = if begins {
                alive + 1
            } else {
                alive.saturating_sub(1)
            };
            most = most.max(alive);
        }
        most
    }

    /// How many of these nobody has waited for.
    pub fn left_behind(&self) -> usize {
        self.others().filter(|process| process.ended.is_none()).count()
    }

    /// The share of the CPU time that was spent in other processes than its own, from 0 to 1. It is measured, and so it is a little
    /// different each time: ask only what is far from both sides. (*Seen*: 0 where the parent does the work, 0.99 where its
    /// children do.)
    pub fn share_of_children(&self) -> f64 {
        share(self.0.cpu_ns.iter().skip(1).sum(), self.0.cpu_ns.iter().sum())
    }

    /// The share that the busiest of the other processes had of all their CPU time, from 0 to 1: a quarter where four do the same. It is
    /// measured, as above.
    pub fn share_of_busiest_child(&self) -> f64 {
        let others = || self.0.cpu_ns.iter().skip(1);
        share(others().max().copied().unwrap_or(0), others().sum())
    }

    /// Fails the test with `leak` if there is a process that nobody has waited for.
    pub fn check_that_nothing_is_left(&self) {
        crate::count();
        match self.left_behind() {
            0 => {}
            1 => fail_with(
                Verdict::Leak,
                "nobody has waited for one of the processes".to_owned(),
            ),
            many => fail_with(
                Verdict::Leak,
                format!("nobody has waited for {many} of the processes"),
            ),
        }
    }

    fn others(&self) -> impl Iterator<Item = &Process> {
        self.0.processes.iter().skip(1)
    }
}

/// A part of a whole, from 0 to 1; 0 of nothing.
fn share(part: u64, whole: u64) -> f64 {
    match whole {
        0 => 0.0,
        whole => part as f64 / whole as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(parent: u32, began: u32, ended: Option<u32>) -> Process {
        Process {
            parent: Some(parent),
            began,
            ended,
            end: ended.map(|_| End::Exited(0)),
        }
    }

    fn run(others: &[Process], cpu_ns: &[u64]) -> Run {
        let own = Process {
            parent: None,
            began: 0,
            ended: Some(100),
            end: Some(End::Exited(3)),
        };
        Run(Ran {
            launch: Launch::default(),
            stdout: String::new(),
            stderr: String::new(),
            processes: [&[own], others].concat(),
            cpu_ns: cpu_ns.to_vec(),
        })
    }

    #[test]
    fn lives_that_touch_do_not_overlap() {
        let in_turn = run(&[process(0, 1, Some(2)), process(0, 3, Some(4))], &[1, 1, 1]);
        assert_eq!((in_turn.most_alive_at_once(), in_turn.left_behind()), (1, 0));
        let at_once = run(&[process(0, 1, Some(3)), process(0, 2, Some(4))], &[1, 1, 1]);
        assert_eq!(at_once.most_alive_at_once(), 2);
        let left = run(&[process(0, 1, None), process(1, 2, None)], &[1, 1, 1]);
        assert_eq!((left.most_alive_at_once(), left.left_behind()), (2, 2));
        assert_eq!((left.exit_code(), left.descendants()), (Some(3), 2));
    }

    #[test]
    fn shares_are_parts_of_a_whole() {
        let run = run(&[process(0, 1, Some(3)), process(0, 2, Some(4))], &[10, 60, 30]);
        assert!((run.share_of_children() - 0.9).abs() < 1e-9);
        assert!((run.share_of_busiest_child() - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(share(0, 0), 0.0);
    }
}
