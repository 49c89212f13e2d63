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
//! It counts only where every thread sleeps at the second sample. A thread that runs or is in a run queue by then
//! (state `R`) has something to show for itself that has not come in yet: the kernel adds a wait when it
//! is over. Where stalled time must be wrong, it is wrong in the program's favour:
//!
//! - the growth is a sum over threads, so that what ran in parallel counts more than once;
//! - the elapsed time is capped, so that a warden that was itself starved or suspended blames nobody;
//! - time at whose end a thread is in a device's hands (state `D`) does not count;
//! - nor does time in which a thread ended that had been running or in a run queue: what it showed last
//!   is lost;
//! - what threads did that lived and died between two samples shows in their process's CPU time, and the
//!   larger figure counts.
//!
//! The price is that a thread that looks and sleeps stalls later on a busy machine, because most samples
//! find it in a run queue. One that never wakes stalls as soon as ever.
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
    stalled: Duration,
    /// The threads at the last sample, by their ids.
    threads: HashMap<i32, Thread>,
    /// The CPU time of the tree at the last sample, in nanoseconds.
    cpu: u64,
}

impl<'a> Clocks<'a> {
    pub(super) fn new(limits: &'a Limits, started: Instant) -> Self {
        Clocks {
            limits,
            started,
            last: started,
            stalled: Duration::ZERO,
            threads: HashMap::new(),
            cpu: 0,
        }
    }

    /// Takes in a sample, one of a series that is meant to have this `period`, and says which limit has been
    /// passed, if any.
    pub(super) fn advance(&mut self, now: Instant, period: Duration, sample: &Sample) -> Option<Limit> {
        let cpu = nanoseconds(sample.processes.iter().map(|process| process.ticks).sum());
        let elapsed = (now - self.last).min(2 * period);
        let (growth, lost) = self.growth(&sample.threads);
        let growth = growth.max(cpu.saturating_sub(self.cpu));
        if !lost && !sample.threads.iter().any(|thread| thread.state.is_active()) {
            self.stalled += elapsed.saturating_sub(Duration::from_nanos(growth));
        }
        self.last = now;
        // A process that ended a moment ago may be in neither its own figure nor its parent's.
        self.cpu = self.cpu.max(cpu);

        let tasks: u32 = sample.processes.iter().map(|process| process.threads).sum();
        let passed = [
            (Duration::from_nanos(cpu) > self.limits.cpu, Limit::Cpu),
            (tasks > self.limits.processes, Limit::Processes),
            (self.stalled > self.limits.wall, Limit::Stalled),
            (now - self.started > self.limits.backstop(), Limit::Starved),
        ];
        passed
            .into_iter()
            .find_map(|(passed, limit)| passed.then_some(limit))
    }

    /// By how much the activity of all threads grew since the last sample, in nanoseconds, and whether some of it
    /// is lost, because a thread has ended that was active.
    ///
    /// A thread that is new, or has the number of one that ended, counts from its start.
    fn growth(&mut self, threads: &[Thread]) -> (u64, bool) {
        let mut before = std::mem::take(&mut self.threads);
        let mut growth = 0;
        for thread in threads {
            let same = |earlier: &Thread| earlier.active <= thread.active;
            let earlier = before.get(&thread.tid).filter(|earlier| same(earlier));
            growth += thread.active - earlier.map_or(0, |earlier| earlier.active);
            if earlier.is_some() && !thread.state.is_over() {
                before.remove(&thread.tid);
            }
            self.threads.insert(thread.tid, thread.clone());
        }
        let lost = before.values().any(|thread| thread.state.is_active());
        (growth, lost)
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
            }],
        }
    }

    fn process(threads: u32, ticks: u64) -> Process {
        Process {
            pid: 7,
            parent: 1,
            threads,
            ticks,
            is_fresh: false,
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

    #[test]
    fn a_thread_that_looks_and_sleeps_stalls_on_a_busy_machine_too() {
        // In each 4 ms it waits 2 ms for a CPU and sleeps 2 ms. The samples see all of its phases.
        let (limit, _) = until_passed(Duration::from_millis(21), |time| {
            let (cycles, phase) = (time.as_millis() / 4, time.as_millis() % 4);
            let waited = cycles + u128::from(phase >= 2);
            let state = if phase >= 2 { b'S' } else { b'R' };
            one(state, Duration::from_millis(2 * waited as u64))
        });
        assert_eq!(limit, Limit::Stalled);
    }

    #[test]
    fn a_wait_that_spans_many_samples_is_no_stalled_time() {
        let limits = limits();
        let start = Instant::now();
        let mut clocks = Clocks::new(&limits, start);
        for n in 1..=100 {
            clocks.advance(start + PERIOD * n, PERIOD, &one(b'R', PERIOD));
        }
        clocks.advance(start + PERIOD * 101, PERIOD, &one(b'S', PERIOD * 101));
        assert_eq!(clocks.stalled, Duration::ZERO);
    }

    #[test]
    fn what_a_thread_did_before_it_ended_is_no_stalled_time() {
        // It stood in a run queue, then ran, and ended; its number may be another's by now.
        for after in [
            Vec::new(),
            one(b'Z', PERIOD).threads,
            one(b'S', Duration::ZERO).threads,
        ] {
            let limits = limits();
            let start = Instant::now();
            let mut clocks = Clocks::new(&limits, start);
            clocks.advance(start + PERIOD, PERIOD, &one(b'R', PERIOD));
            let mut sample = one(b'S', PERIOD);
            sample.threads = after;
            clocks.advance(start + 2 * PERIOD, PERIOD, &sample);
            assert_eq!(clocks.stalled, Duration::ZERO, "{:?}", sample.threads);
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
        assert_eq!(clocks.stalled, Duration::from_millis(5));
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
