//! The verdict on one test: its answer weighed together with the end of its process.
//!
//! An answer that says `pass` counts only when the process then ends cleanly. Every sentence here is the same
//! from run to run: it names limits, never what was measured.

use kata_protocol::{
    Verdict,
    frame::{Frame, NO_ROOM_FOR_A_THREAD, NOTES_CAP, Outcome, Reply, TOO_MUCH_MEMORY, too_many_threads},
};
use kata_sandbox::{Ended, How, Limit};

use crate::{
    quantity::{bytes, seconds},
    run::Run,
    signal,
};

/// Weighs a run, given the limits of its test.
pub(crate) fn weigh(run: &Run, limits: &kata_course::Limits) -> Outcome {
    // A program that was stopped by a limit is not judged by anything else.
    if let Some(subject) = run
        .subject
        .as_ref()
        .filter(|ran| matches!(ran.how, How::Stopped(_)))
    {
        return match stopped(subject, limits) {
            Some(outcome) => outcome,
            None => unanswered(subject, limits),
        };
    }
    let ended = &run.ended;
    let reply = Reply::read(&ended.reply, &run.request);
    // These hold whatever the answer says: it may have been sent before or after.
    if ended.how == How::Stopped(Limit::Reply) {
        return forged("the answer is longer than any answer of a test");
    }
    if let Some(outcome) = stopped(ended, limits) {
        return outcome;
    }
    match reply {
        Reply::Forged(why) => forged(why),
        Reply::Nothing => unanswered(ended, limits),
        Reply::Answer(frame) if frame.outcome.verdict.is_pass() => passed(&frame, ended, limits),
        Reply::Answer(frame) => frame.outcome,
    }
}

/// The limits that say enough by themselves.
fn stopped(ended: &Ended, limits: &kata_course::Limits) -> Option<Outcome> {
    Some(match ended.how {
        How::Stopped(Limit::Starved) => Outcome::fail(
            Verdict::HarnessError,
            "the machine is too busy to run this test: try again later",
        ),
        How::Stopped(Limit::Output | Limit::Reply) => too_much_output(limits),
        How::Stopped(Limit::Memory) => Outcome::fail(Verdict::MemoryLimit, TOO_MUCH_MEMORY),
        How::Stopped(Limit::Processes) => too_many(limits),
        How::Stopped(Limit::Stalled) if waits_for_room(ended) => too_many(limits),
        _ => return None,
    })
}

fn too_many(limits: &kata_course::Limits) -> Outcome {
    Outcome::fail(Verdict::ProcessLimit, too_many_threads(limits.processes))
}

/// Whether a thread stood still because no other one ended so that its next one could begin.
fn waits_for_room(ended: &Ended) -> bool {
    ended
        .threads
        .iter()
        .any(|thread| thread.name == NO_ROOM_FOR_A_THREAD)
}

/// The test says that it passed: the process has to end as one does that has nothing more to do.
fn passed(frame: &Frame, ended: &Ended, limits: &kata_course::Limits) -> Outcome {
    match ended.how {
        How::Exited(0) if ended.left_behind > 0 => {
            let processes = if ended.left_behind == 1 {
                "process"
            } else {
                "processes"
            };
            let message = format!(
                "the test passed, and {} {processes} that it started had not ended and been waited for",
                ended.left_behind
            );
            Outcome::fail(Verdict::Leak, message)
        }
        How::Exited(0) if frame.assertions == 0 => Outcome::fail(
            Verdict::HarnessError,
            "the hidden test checks nothing: it has no `check!`",
        ),
        How::Exited(0) => frame.outcome.clone(),
        How::Exited(code) => Outcome::fail(
            Verdict::EarlyExit,
            format!("ends its process with exit code {code} after the test"),
        ),
        _ => unanswered(ended, limits),
    }
}

/// The process ended without its test's word that all is well.
fn unanswered(ended: &Ended, limits: &kata_course::Limits) -> Outcome {
    match ended.how {
        How::Exited(code) => Outcome::fail(
            Verdict::EarlyExit,
            format!("ends its process with exit code {code} before the test ends"),
        ),
        How::Signalled(number) => {
            Outcome::fail(Verdict::Crash, format!("is killed by {}", signal::name(number)))
        }
        How::Stopped(Limit::Cpu) => Outcome::fail(
            Verdict::TimeLimit,
            format!("does not end: it has used {} of CPU time", seconds(limits.cpu)),
        ),
        How::Stopped(_) | How::Cancelled => Outcome {
            notes: whereabouts(ended),
            ..Outcome::fail(
                Verdict::TimeLimit,
                format!(
                    "does not end: for {} nothing in it ran, everything waits",
                    seconds(limits.wall)
                ),
            )
        },
    }
}

/// Where each thread stood. Only for a process in which nothing moves: elsewhere it would be luck.
fn whereabouts(ended: &Ended) -> Vec<String> {
    let main = ended
        .threads
        .iter()
        .take(1)
        .map(|thread| format!("the test's own thread: {}", thread.doing));
    let others = ended.threads.iter().skip(1).map(|thread| {
        let name = kata_untrusted::clean_line(&thread.name);
        format!("thread `{name}`: {}", thread.doing)
    });
    main.chain(others).take(NOTES_CAP).collect()
}

/// Not on which stream: where threads flood both, it is luck which one is full first.
fn too_much_output(limits: &kata_course::Limits) -> Outcome {
    Outcome::fail(
        Verdict::OutputLimit,
        format!("prints more than {}", bytes(limits.output)),
    )
}

fn forged(why: &str) -> Outcome {
    Outcome::fail(
        Verdict::Forged,
        format!("something besides the test has answered for it: {why}"),
    )
}
