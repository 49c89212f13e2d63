//! The loop of a run: bytes move, clocks are read, until there is a reason to stop.

use std::{
    io::Read,
    ops::RangeInclusive,
    os::unix::net::UnixStream,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    process::getpid,
};

use super::{
    census::Census,
    clocks::{Clocks, Sample},
    processes::{self, Process, State, Thread},
    start::Running,
};
use crate::{Limit, Limits, wire::Fault};

/// The time between two samples, where samples are cheap, and where they are not.
const PERIODS: RangeInclusive<Duration> = Duration::from_millis(20)..=Duration::from_millis(100);

/// The time between two looks at whether anything still moves while processes are held.
const LOOK: Duration = Duration::from_millis(1);

/// How many times as long as a sample takes the warden leaves between two: on a machine with thousands of
/// processes it must not become a load itself.
const REST: u32 = 20;

/// Why a run is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The program's own process has ended.
    Itself,
    /// The program passed this limit.
    Passed(Limit),
    /// The grader cancelled the run, or is gone.
    Cancelled,
}

/// Watches until there is a reason to stop. Nothing is stopped yet.
pub(super) fn watch(running: &mut Running, grader: &UnixStream, limits: &Limits) -> Result<Cause, Fault> {
    let mut clocks = Clocks::new(limits, running.started);
    let mut period = *PERIODS.start();
    let mut next = running.started + period;
    loop {
        let events = wait(running, grader, next)?;
        // First, so that whoever waits for us to read is ready to run when the clocks look.
        running.streams.advance();
        if let Some(census) = &mut running.census {
            let streams = &running.streams;
            census
                .advance(|| streams.are_read())
                .map_err(|err| Fault::Refused {
                    doing: "watch the program's processes".into(),
                    errno: err.raw_os_error().unwrap_or(libc::EIO),
                })?;
        }
        if running.streams.too_much_output() {
            return Ok(Cause::Passed(Limit::Output));
        }
        if running.streams.too_much_reply() {
            return Ok(Cause::Passed(Limit::Reply));
        }
        if events.ended {
            return Ok(Cause::Itself);
        }
        if events.grader && is_gone(grader) {
            return Ok(Cause::Cancelled);
        }
        if Instant::now() >= next {
            let began = Instant::now();
            let sample = sample(running.census.as_ref());
            let passed = clocks.advance(Instant::now(), period, &sample);
            let passed = passed.or_else(|| too_much_memory(&sample, limits).then_some(Limit::Memory));
            // That took a while, in which the program may have come to its end after all.
            if passed.is_some() && wait(running, grader, began)?.ended {
                return Ok(Cause::Itself);
            }
            if let Some(limit) = passed {
                return Ok(Cause::Passed(limit));
            }
            period = (began.elapsed() * REST).clamp(*PERIODS.start(), *PERIODS.end());
            next = Instant::now() + period;
        }
    }
}

struct Events {
    ended: bool,
    grader: bool,
}

/// Waits until something can be done, or until `deadline`.
fn wait(running: &Running, grader: &UnixStream, deadline: Instant) -> Result<Events, Fault> {
    let (readable, writable) = running.streams.waiting();
    let mut waiting = vec![
        PollFd::new(&running.ended, PollFlags::IN),
        PollFd::new(grader, PollFlags::IN),
    ];
    waiting.extend(readable.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
    let census = running.census.as_ref();
    waiting.extend(census.map(|census| PollFd::from_borrowed_fd(census.signals(), PollFlags::IN)));
    waiting.extend(writable.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::OUT)));

    let left = deadline.saturating_duration_since(Instant::now());
    // Nothing tells that the last one that moves has come to rest.
    let left = match census {
        Some(census) if census.has_more() => Duration::ZERO,
        Some(census) if census.holds() => left.min(LOOK),
        _ => left,
    };
    let left = Timespec::try_from(left).expect("a period fits into a timespec");
    match poll(&mut waiting, Some(&left)) {
        Ok(_) | Err(Errno::INTR) => Ok(Events {
            ended: !waiting[0].revents().is_empty(),
            grader: !waiting[1].revents().is_empty(),
        }),
        Err(errno) => Err(Fault::Refused {
            doing: "wait for the program".into(),
            errno: errno.raw_os_error(),
        }),
    }
}

/// Whether the grader has closed its side. It says nothing after its order.
fn is_gone(mut grader: &UnixStream) -> bool {
    !matches!(grader.read(&mut [0]), Ok(1))
}

/// Whether several processes have more memory together than one may. The kernel sees to that where there is a control group, and
/// to each alone everywhere.
fn too_much_memory(sample: &Sample, limits: &Limits) -> bool {
    let several = sample.processes.len() > 1;
    let taken = || sample.processes.iter().map(Process::memory).sum::<u64>();
    limits.memory.is_some_and(|limit| several && taken() > limit)
}

/// What the tree is now.
fn sample(census: Option<&Census>) -> Sample {
    let processes = processes::descendants(getpid());
    let mut threads = Vec::new();
    for process in &processes {
        // A process that has forked and not executed may be one that has borrowed its parent's memory.
        let may_have_lent = || {
            processes
                .iter()
                .any(|child| child.parent == process.pid && child.is_fresh)
        };
        threads.extend(process.threads().into_iter().map(|thread| Thread {
            state: seen(thread.state, census.is_some(), &may_have_lent),
            ..thread
        }));
    }
    Sample { processes, threads }
}

/// The state of a thread, as the clocks are to take it.
fn seen(state: State, is_traced: bool, may_have_lent: &dyn Fn() -> bool) -> State {
    match state {
        // It does not wait for a device, but for a child that has its memory (vfork(2)), as long as that likes.
        State(b'D') if may_have_lent() => State(b'S'),
        // It waits for the warden, or is held by it.
        State(b't') if is_traced => State(b'R'),
        state => state,
    }
}
