//! From samples of the tree to a limit passed, or not.
//!
//! # Stalled time
//!
//! A wall clock cannot tell a program that hangs from one that its neighbours keep from the CPU. The kernel can:
//! `/proc/PID/task/TID/schedstat` holds, for each thread, the nanoseconds that it ran and the nanoseconds
//! that it stood in a run queue (`Documentation/scheduler/sched-stats.rst`). Between two samples, the time
//! that neither kind of growth accounts for is time in which the whole tree waited for something else:
//!
//! ```text
//! stalled += max(0, min(elapsed, 2 periods) − growth of running and waiting, over all threads)
//! ```
//!
//! The kernel adds a wait when it is over. So while a thread is in a run queue at the time of a sample, the
//! balance is carried over to the next, up to the first sample at which all threads sleep: by then
//! every wait has been added, and a thread that was starved for a second has a second to show for it.
//!
//! Where this must be wrong, it is wrong in the program's favour:
//!
//! - the growth is a sum over threads, so that what ran in parallel counts more than once;
//! - the elapsed time is capped, so that a warden that was itself starved or suspended blames nobody;
//! - time with a thread in a device's hands (state `D`) does not count;
//! - when threads come and go, the waits of those that went are lost: the balance is then dropped, and so it
//!   is where the kernel does not count waits at all. Then only samples at which all threads sleep count;
//! - what threads did that lived and died between two samples shows in their process's CPU time, and the
//!   larger figure counts.
//!
//! *Seen* on Linux 6.18: of three busy loops on one CPU, each ran 336 ms and waited 672 ms in 1,008 ms, by these
//! figures.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use super::processes::{Process, Thread, nanoseconds};
use crate::{Limit, Limits};

/// What the tree was seen to be at one time.
#[derive(Debug, Default)]
pub(super) struct Sample {
    pub(super) processes: Vec<Process>,
    pub(super) threads: Vec<Thread>,
}

/// The clocks of one run.
pub(super) struct Clocks<'a> {
    limits: &'a Limits,
    started: Instant,
    /// The time of the last sample.
    last: Instant,
    /// Nanoseconds of stalled time.
    stalled: i128,
    /// Nanoseconds that may turn out to be stalled time, or to have been waits for a CPU.
    pending: i128,
    /// The activity of each thread at the last sample, in nanoseconds.
    active: HashMap<i32, u64>,
    /// The CPU time of the tree at the last sample, in nanoseconds.
    cpu: u64,
}

impl<'a> Clocks<'a> {
    pub(super) fn new(limits: &'a Limits, started: Instant) -> Self {
        Clocks {
            limits,
            started,
            last: started,
            stalled: 0,
            pending: 0,
            active: HashMap::new(),
            cpu: 0,
        }
    }

    /// Takes in a sample, one of a series that is meant to have this `period`, and says which limit has been
    /// passed, if any.
    pub(super) fn advance(&mut self, now: Instant, period: Duration, sample: &Sample) -> Option<Limit> {
        let cpu = nanoseconds(sample.processes.iter().map(|process| process.ticks).sum());
        let elapsed = (now - self.last).min(2 * period);
        self.last = now;

        let (growth, all_known) = self.growth(&sample.threads);
        let growth = growth.max(cpu.saturating_sub(self.cpu));
        // A process that ended a moment ago may be in neither its own figure nor its parent's.
        self.cpu = self.cpu.max(cpu);
        self.balance(
            elapsed.as_nanos() as i128 - i128::from(growth),
            all_known,
            &sample.threads,
        );

        let tasks: u32 = sample.processes.iter().map(|process| process.threads).sum();
        let passed = [
            (Duration::from_nanos(cpu) > self.limits.cpu, Limit::Cpu),
            (tasks > self.limits.processes, Limit::Processes),
            (self.stalled > self.limits.wall.as_nanos() as i128, Limit::Stalled),
            (now - self.started > self.limits.backstop(), Limit::Starved),
        ];
        passed
            .into_iter()
            .find_map(|(passed, limit)| passed.then_some(limit))
    }

    /// Enters an interval in which the tree was idle for that many nanoseconds, as far as the kernel's figures
    /// tell by now.
    fn balance(&mut self, idle: i128, all_known: bool, threads: &[Thread]) {
        let in_a_device = threads.iter().any(|thread| thread.state.is_in_a_device());
        let runnable = threads.iter().any(|thread| thread.state.is_runnable());
        if in_a_device || (runnable && !all_known) {
            self.pending = 0;
        } else if runnable {
            self.pending += idle;
        } else {
            self.stalled += (self.pending + idle).max(0);
            self.pending = 0;
        }
    }

    /// By how much the activity of all threads grew since the last sample, in nanoseconds, and whether that is
    /// everything: whether the threads are the same as then, and their waits are counted.
    ///
    /// A thread that is new, or has the number of one that ended, counts from its start.
    fn growth(&mut self, threads: &[Thread]) -> (u64, bool) {
        let before = std::mem::take(&mut self.active);
        let mut growth = 0;
        let mut all_known = before.len() == threads.len();
        for thread in threads {
            let earlier = before
                .get(&thread.tid)
                .filter(|earlier| **earlier <= thread.active);
            growth += thread.active - earlier.unwrap_or(&0);
            all_known &= earlier.is_some() && thread.waits_counted;
            self.active.insert(thread.tid, thread.active);
        }
        (growth, all_known)
    }
}

#[cfg(test)]
mod tests {
    use super::super::processes::State;
    use super::*;

    const PERIOD: Duration = Duration::from_millis(20);

    fn limits() -> Limits {
        Limits {
            cpu: Duration::from_secs(1),
            wall: Duration::from_secs(1),
            memory: None,
            processes: 4,
            output: 0,
            reply: 0,
            file_size: 0,
            open_files: 16,
        }
    }

    /// One thread in `state` that has been active for `active`.
    fn one(state: u8, active: Duration) -> Sample {
        Sample {
            processes: vec![process(1, 0)],
            threads: vec![Thread {
                tid: 7,
                state: State(state),
                active: active.as_nanos() as u64,
                waits_counted: true,
            }],
        }
    }

    fn process(threads: u32, ticks: u64) -> Process {
        Process {
            pid: 7,
            parent: 1,
            threads,
            ticks,
        }
    }

    /// Feeds samples at the times that `every` gives until a limit is passed; says which, and when.
    fn until_passed(every: Duration, mut sample: impl FnMut(Duration) -> Sample) -> (Limit, Duration) {
        let limits = limits();
        let start = Instant::now();
        let mut clocks = Clocks::new(&limits, start);
        let mut time = Duration::ZERO;
        loop {
            time += every;
            if let Some(limit) = clocks.advance(start + time, PERIOD, &sample(time)) {
                return (limit, time);
            }
        }
    }

    #[test]
    fn a_thread_that_waits_stalls_for_as_long_as_it_waits() {
        let (limit, after) = until_passed(PERIOD, |_| one(b'S', Duration::ZERO));
        assert_eq!((limit, after), (Limit::Stalled, Duration::from_millis(1020)));
    }

    #[test]
    fn a_stopped_thread_stalls() {
        assert_eq!(
            until_passed(PERIOD, |_| one(b'T', Duration::ZERO)).0,
            Limit::Stalled
        );
    }

    #[test]
    fn a_thread_that_looks_and_sleeps_stalls_a_little_later() {
        let (limit, after) = until_passed(PERIOD, |time| one(b'S', time / 20));
        assert_eq!(limit, Limit::Stalled);
        assert!(
            after > Duration::from_millis(1040) && after < Duration::from_millis(1100),
            "{after:?}"
        );
    }

    #[test]
    fn a_thread_in_a_run_queue_does_not_stall() {
        // Its figure does not move, because the kernel adds a wait when it is over.
        let (limit, after) = until_passed(PERIOD, |_| one(b'R', Duration::ZERO));
        assert_eq!(limit, Limit::Starved);
        assert!(after > limits().backstop());
    }

    /// A thread that, in each 4 ms, waits 3 ms for a CPU and sleeps 1 ms. The samples see all of its phases.
    fn hard_pressed(time: Duration) -> Sample {
        let (cycles, phase) = (time.as_millis() / 4, time.as_millis() % 4);
        let waited = cycles + u128::from(phase == 3);
        let state = if phase == 3 { b'S' } else { b'R' };
        one(state, Duration::from_millis(3 * waited as u64))
    }

    #[test]
    fn a_thread_that_looks_and_sleeps_stalls_on_a_busy_machine_too() {
        let (limit, after) = until_passed(Duration::from_millis(21), hard_pressed);
        assert_eq!(limit, Limit::Stalled);
        assert!(
            after.abs_diff(Duration::from_secs(4)) < Duration::from_millis(200),
            "{after:?}"
        );
    }

    #[test]
    fn a_wait_that_spans_many_samples_is_no_stalled_time() {
        let limits = limits();
        let start = Instant::now();
        let mut clocks = Clocks::new(&limits, start);
        clocks.advance(start + PERIOD, PERIOD, &one(b'R', PERIOD));
        for n in 2..=100 {
            clocks.advance(start + PERIOD * n, PERIOD, &one(b'R', PERIOD));
        }
        clocks.advance(start + PERIOD * 101, PERIOD, &one(b'S', PERIOD * 101));
        assert_eq!(clocks.stalled, 0);
    }

    #[test]
    fn waits_that_nobody_counted_are_no_stalled_time() {
        // Either the kernel does not count, or the threads that waited are not there any more.
        type Spoil = fn(&mut Thread, u32);
        let cases: [Spoil; 2] = [
            |thread, _| thread.waits_counted = false,
            |thread, n| thread.tid = 100 + n.cast_signed(),
        ];
        for spoil in cases {
            let limits = limits();
            let start = Instant::now();
            let mut clocks = Clocks::new(&limits, start);
            for n in 1..=100 {
                let mut sample = one(if n % 10 == 0 { b'S' } else { b'R' }, Duration::ZERO);
                spoil(&mut sample.threads[0], n);
                clocks.advance(start + PERIOD * n, PERIOD, &sample);
            }
            assert_eq!(clocks.stalled, 10 * PERIOD.as_nanos() as i128);
        }
    }

    #[test]
    fn a_thread_in_a_device_does_not_stall() {
        assert_eq!(
            until_passed(PERIOD, |_| one(b'D', Duration::ZERO)).0,
            Limit::Starved
        );
    }

    #[test]
    fn a_thread_whose_waits_for_a_cpu_fill_the_time_does_not_stall() {
        assert_eq!(until_passed(PERIOD, |time| one(b'S', time)).0, Limit::Starved);
    }

    #[test]
    fn a_warden_that_was_away_counts_two_periods_and_no_more() {
        let (limit, after) = until_passed(Duration::from_millis(500), |_| one(b'S', Duration::ZERO));
        assert_eq!((limit, after), (Limit::Stalled, 26 * Duration::from_millis(500)));
    }

    #[test]
    fn threads_that_live_between_samples_count_by_their_cpu_time() {
        // Nine tenths of a CPU, in threads that no sample sees: 18 s of CPU time may pass.
        let limits = Limits {
            cpu: Duration::from_secs(100),
            ..limits()
        };
        let start = Instant::now();
        let mut clocks = Clocks::new(&limits, start);
        for n in 1..=400_u32 {
            let mut sample = one(b'S', Duration::ZERO);
            sample.processes[0].ticks = u64::from(n) * 18 / 10;
            assert_eq!(
                clocks.advance(start + PERIOD * n, PERIOD, &sample),
                None,
                "sample {n}"
            );
        }
    }

    #[test]
    fn a_number_that_is_used_again_counts_from_its_start() {
        let limits = limits();
        let start = Instant::now();
        let mut clocks = Clocks::new(&limits, start);
        clocks.advance(start + PERIOD, PERIOD, &one(b'S', Duration::from_secs(5)));
        clocks.advance(start + 2 * PERIOD, PERIOD, &one(b'S', Duration::from_millis(15)));
        assert_eq!(clocks.stalled, 5_000_000);
    }

    #[test]
    fn cpu_time_counts_over_all_processes() {
        let ticks = rustix::param::clock_ticks_per_second();
        let sample = |each| Sample {
            processes: vec![process(1, each), process(1, each)],
            threads: Vec::new(),
        };
        let limits = limits();
        let start = Instant::now();
        let mut clocks = Clocks::new(&limits, start);
        assert_eq!(clocks.advance(start + PERIOD, PERIOD, &sample(ticks / 2)), None);
        assert_eq!(
            clocks.advance(start + 2 * PERIOD, PERIOD, &sample(ticks / 2 + 1)),
            Some(Limit::Cpu)
        );
    }

    #[test]
    fn threads_count_as_processes_do() {
        let sample = |threads| Sample {
            processes: vec![process(threads, 0), process(1, 0)],
            threads: Vec::new(),
        };
        let limits = limits();
        let start = Instant::now();
        let mut clocks = Clocks::new(&limits, start);
        assert_eq!(clocks.advance(start + PERIOD, PERIOD, &sample(3)), None);
        assert_eq!(
            clocks.advance(start + 2 * PERIOD, PERIOD, &sample(4)),
            Some(Limit::Processes)
        );
    }
}
