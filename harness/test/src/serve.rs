//! The program of hidden tests: takes a request, runs the one test, answers.

use std::{
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use kata_protocol::{
    Verdict,
    frame::{NO_ROOM_FOR_A_THREAD, Outcome, TOO_MUCH_MEMORY, too_many_threads},
};
use rustix::process::DumpableBehavior;

use crate::{Case, channel::Channel, event_loop, panics, program};

/// The way to answer, until somebody has answered.
static CHANNEL: Mutex<Option<Channel>> = Mutex::new(None);

/// How many threads the test may have at once.
static LIMIT: AtomicU32 = AtomicU32::new(0);

/// The exit code of a program that was not asked in the right way.
const NOT_ASKED: u8 = 64;

/// Runs the test that the grader asks for on standard input, and answers there.
///
/// `learners_files` is the folder of the learner's files as panics name it. The grader writes a `main` that
/// calls this with the tests of `course.toml`.
pub fn serve(learners_files: &'static str, cases: &[Case]) -> ExitCode {
    let channel = match Channel::take() {
        Ok(channel) => channel,
        Err(error) => {
            eprintln!("hidden tests are run by `kata check`, which asks for one on standard input: {error}");
            return ExitCode::from(NOT_ASKED);
        }
    };
    let Some(case) = cases.iter().find(|case| case.name == channel.request().test) else {
        eprintln!("there is no test `{}` here", channel.request().test);
        return ExitCode::from(NOT_ASKED);
    };
    // A program that cannot be read is not to be looked into either, unless it says so: the grader tells where its threads stand.
    let _ = rustix::process::set_dumpable_behavior(DumpableBehavior::Dumpable);
    let threads = channel.request().threads;
    program::begin(channel.request().runs.clone());
    LIMIT.store(threads, Ordering::Relaxed);
    let caps = channel.request().caps;
    let budget = usize::try_from(channel.request().memory).unwrap_or(usize::MAX);
    *channel_slot() = Some(channel);
    panics::note_all(learners_files);
    kata_alloc::set_budget(budget, || {
        answer(Outcome::fail(Verdict::MemoryLimit, TOO_MUCH_MEMORY));
    });

    kata_alloc::threads::set_limit(threads as usize, NO_ROOM_FOR_A_THREAD, || {
        let limit = LIMIT.load(Ordering::Relaxed);
        answer(Outcome::fail(Verdict::ProcessLimit, too_many_threads(limit)));
    });

    event_loop::watch(|blocked| answer(event_loop::outcome(blocked)));

    answer(case.run(&caps));
    ExitCode::SUCCESS
}

/// Answers, unless that has been done.
fn answer(outcome: Outcome) {
    let channel = channel_slot().take();
    if let Some(channel) = channel
        && let Err(error) = channel.answer(outcome)
    {
        // The grader is gone, or will see that there is no answer.
        eprintln!("the answer of the test cannot be sent: {error}");
    }
}

fn channel_slot() -> std::sync::MutexGuard<'static, Option<Channel>> {
    CHANNEL.lock().unwrap_or_else(PoisonError::into_inner)
}
