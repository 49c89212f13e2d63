//! The processes of a run that is watched: every one of them, however soon it ends.
//!
//! Samples miss what is short. So the program is traced (ptrace(2)): the kernel stops it, and tells the warden, wherever a process
//! begins, executes or ends, and the warden lets it go on. Nothing of its memory is looked at.
//!
//! # Who is alive together, whatever the machine is doing
//!
//! Whether two processes are ever alive at the same time is luck where the first may be over before the second is begun. So a process that
//! comes to its end is *held* there until nothing else can move: until every other thread of the tree sleeps, and none of
//! them in a sleep that ends by itself. Then all that are held are let go. A parent that waits for each child before it
//! starts the next has one at a time then, and a parent that starts them all first has all of them at once, on any machine, with any load.
//!
//! "Nothing can move" is found by two looks at all threads. Each sleeps both times, and has not been on a CPU in between
//! (`/proc/PID/task/TID/schedstat`, the number of time slices): what nobody who runs can wake, and no clock, stays asleep.
//!
//! Who sleeps for a time may start the next process when it wakes. It is waited for, and not for ever: a parent that sleeps and
//! looks would do so until one of those ends that are held. [`PATIENCE`] looks that find nothing but sleep, with no news of any process in between, are
//! enough. Looks at a busy machine come later, and find fewer asleep; so what a machine does to that number errs on the side of holding on.
//!
//! A traced program cannot be stopped by `SIGSTOP`: it goes on at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    time::Duration,
};

use rustix::process::{Pid, getpid};

use super::{
    processes::{self, State},
    system::{self, Event, News},
    threads,
};
use crate::{Doing, How, ProcessRecord};

/// So many looks, a millisecond apart, have to find everything asleep before those are taken for idle that will wake by themselves.
const PATIENCE: u32 = 200;

/// Threads that are all asleep.
#[derive(PartialEq, Eq)]
struct Asleep {
    /// How often each has been on a CPU.
    slices: Vec<(i32, u64)>,
    /// Whether none of them will wake by itself.
    for_good: bool,
}

/// The processes of one run.
pub(super) struct Census {
    main: i32,
    /// Readable when there is news of a process.
    signals: OwnedFd,
    records: Vec<ProcessRecord>,
    /// The record of each process, by its number; of the last one that had it.
    known: BTreeMap<i32, usize>,
    /// The threads that are traced, with the process of each.
    tasks: BTreeMap<i32, i32>,
    /// Those that are held at their end.
    held: BTreeSet<i32>,
    /// How many processes have begun and ended so far, together.
    moments: u32,
    /// How many orphans the warden has waited for.
    orphans: u32,
    /// How many looks have found nothing but sleep since the last news.
    idle: u32,
}

impl Census {
    /// Begins with the program's own process, which has asked to be traced and stands at its first instruction.
    pub(super) fn begin(main: Pid) -> io::Result<Census> {
        let mut census = Census {
            main: main.as_raw_pid(),
            signals: system::child_signals()?,
            records: Vec::new(),
            known: BTreeMap::new(),
            tasks: BTreeMap::new(),
            held: BTreeSet::new(),
            moments: 0,
            orphans: 0,
            idle: 0,
        };
        census.enter(census.main, None);
        census.tasks.insert(census.main, census.main);
        system::wait_for_stop(census.main)?;
        system::trace_what_it_starts(census.main)?;
        system::go_on(census.main, 0);
        Ok(census)
    }

    /// Readable when [`Census::advance`] has something to do.
    pub(super) fn signals(&self) -> BorrowedFd<'_> {
        self.signals.as_fd()
    }

    /// Whether a process is held, so that it has to be looked soon whether anything still moves.
    pub(super) fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    /// Takes in what has happened, and lets everything go on; then lets go of what is held, if nothing else moves.
    pub(super) fn advance(&mut self) -> io::Result<()> {
        system::drain(&self.signals);
        self.take_in()?;
        if self.holds() && self.nothing_moves() {
            self.let_go();
        }
        Ok(())
    }

    fn take_in(&mut self) -> io::Result<()> {
        while let Some((pid, news)) = system::peek_at_news()? {
            self.idle = 0;
            match news {
                // It is the tree's to wait for: its number stays its own until then.
                News::Ended(how) if pid == self.main => {
                    self.ends(pid, Some(how));
                    break;
                }
                News::Ended(how) => self.has_ended(pid, how),
                News::Stopped => {
                    if let Some(event) = system::take_stop(pid)? {
                        self.stopped(pid, event);
                    }
                }
            }
        }
        Ok(())
    }

    fn stopped(&mut self, pid: i32, event: Event) {
        // A thread's own first stop may come before the word of whoever started it.
        let fresh = !self.tasks.contains_key(&pid);
        if fresh {
            self.meet(pid);
        }
        match event {
            Event::Started(new) => {
                if !self.tasks.contains_key(&new) {
                    self.meet(new);
                }
                system::go_on(pid, 0);
            }
            Event::Executed => {
                // Whichever thread it was, the process has one now, with the number of the process.
                let process = self.tasks.get(&pid).copied().unwrap_or(pid);
                self.tasks.retain(|_, of| *of != process);
                self.tasks.insert(pid, process);
                system::go_on(pid, 0);
            }
            Event::Ending => self.is_ending(pid),
            Event::Signal(signal) => {
                let is_first = fresh && signal == libc::SIGSTOP;
                system::go_on(pid, if is_first { 0 } else { signal });
            }
        }
    }

    /// Somebody new: a process, or a thread of one.
    fn meet(&mut self, pid: i32) {
        let Some(status) = processes::read(&format!("/proc/{pid}/status")) else {
            return;
        };
        let number = |name: &str| -> Option<i32> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().parse().ok()
        };
        let process = number("Tgid:").unwrap_or(pid);
        if process == pid {
            let parent = number("PPid:").and_then(|parent| self.known.get(&parent).copied());
            self.enter(pid, parent);
        }
        self.tasks.insert(pid, process);
    }

    fn enter(&mut self, process: i32, parent: Option<usize>) {
        self.known.insert(process, self.records.len());
        self.records.push(ProcessRecord {
            parent: parent.and_then(|parent| u32::try_from(parent).ok()),
            began: self.moments,
            ended: None,
            how: None,
            cpu: Duration::ZERO,
            awaited: true,
        });
        self.moments += 1;
    }

    /// A thread stands before its end. The last thread of a process that is not the program's own is held there.
    fn is_ending(&mut self, pid: i32) {
        let process = self.tasks.get(&pid).copied().unwrap_or(pid);
        self.note_cpu(process);
        let is_last = self.tasks.values().filter(|of| **of == process).count() == 1;
        if process == self.main {
            if is_last {
                self.who_is_left();
            }
            system::go_on(pid, 0);
        } else if is_last {
            self.held.insert(pid);
        } else {
            system::go_on(pid, 0);
        }
    }

    /// A thread has ended, or a process.
    fn has_ended(&mut self, pid: i32, how: How) {
        let process = self.tasks.get(&pid).copied().unwrap_or(pid);
        if process == pid {
            self.note_cpu(pid);
            self.ends(pid, Some(how));
            // One whose parent is gone is the warden's child, and by waiting for it the warden takes it away.
            let stat = processes::read(&format!("/proc/{pid}/stat"));
            let parent = stat
                .and_then(|stat| processes::parse_process(&stat))
                .map(|process| process.parent);
            if parent == Some(getpid().as_raw_pid()) {
                self.orphans += 1;
                self.leave(pid);
            }
        }
        self.tasks.remove(&pid);
        self.held.remove(&pid);
        system::take_end(pid);
    }

    fn ends(&mut self, process: i32, how: Option<How>) {
        let moment = self.moments;
        let Some(record) = self.record(process) else {
            return;
        };
        record.how = record.how.or(how);
        if record.ended.is_none() {
            record.ended = Some(moment);
            self.moments += 1;
        }
    }

    fn record(&mut self, process: i32) -> Option<&mut ProcessRecord> {
        let at = *self.known.get(&process)?;
        self.records.get_mut(at)
    }

    fn note_cpu(&mut self, process: i32) {
        if let Some(cpu) = system::cpu_time_of(process)
            && let Some(record) = self.record(process)
        {
            record.cpu = record.cpu.max(cpu);
        }
    }

    /// Nobody in the tree has waited for that process.
    fn leave(&mut self, process: i32) {
        if let Some(record) = self.record(process) {
            record.awaited = false;
        }
    }

    /// Whatever exists when the program's own process ends has not been waited for by anybody.
    fn who_is_left(&mut self) {
        let main = self.main;
        let others: Vec<i32> = self
            .known
            .keys()
            .copied()
            .filter(|process| *process != main)
            .collect();
        for process in others {
            if processes::read(&format!("/proc/{process}/stat")).is_some() {
                self.leave(process);
            }
        }
    }

    /// Whether no thread of the tree runs, can be woken by one that does, or wakes by itself. Those that are held do not count.
    fn nothing_moves(&mut self) -> bool {
        let Some(before) = self.all_asleep() else {
            return false;
        };
        if self.all_asleep().is_none_or(|after| after != before) {
            return false;
        }
        self.idle += 1;
        before.for_good || self.idle > PATIENCE
    }

    /// What there is to see of threads that are all asleep; `None` if one of them is not.
    fn all_asleep(&self) -> Option<Asleep> {
        let others = self.tasks.iter().filter(|(task, _)| !self.held.contains(task));
        let mut asleep = Asleep {
            slices: Vec::new(),
            for_good: true,
        };
        for (task, process) in others {
            let file = |name: &str| processes::read(&format!("/proc/{process}/task/{task}/{name}"));
            let Some(stat) = file("stat") else {
                // It is on its way out, and news of it on its way here.
                return None;
            };
            let (state, _) = processes::parse_thread(&stat)?;
            if state != State(b'S') {
                return None;
            }
            match threads::doing(state, file("syscall").as_deref()) {
                // The warden is about to read it.
                Doing::Writing => return None,
                Doing::Sleeping => asleep.for_good = false,
                _ => {}
            }
            let slices = file("schedstat")?;
            let slices = slices.split_ascii_whitespace().nth(2)?.parse().ok()?;
            asleep.slices.push((*task, slices));
        }
        Some(asleep)
    }

    /// Lets go of those that are held. They have come to their ends together: who is over first would be luck, so it is who has
    /// begun first.
    fn let_go(&mut self) {
        let mut held: Vec<(usize, i32)> = std::mem::take(&mut self.held)
            .into_iter()
            .filter_map(|pid| {
                let process = self.tasks.get(&pid)?;
                Some((*self.known.get(process)?, pid))
            })
            .collect();
        held.sort_unstable();
        for (_, pid) in &held {
            let process = self.tasks.get(pid).copied().unwrap_or(*pid);
            self.ends(process, None);
        }
        for (_, pid) in held {
            system::go_on(pid, 0);
        }
    }

    /// The run is over: what is left is the tree's to end.
    pub(super) fn end(mut self) -> (Vec<ProcessRecord>, u32) {
        // What happened up to now is told, whatever cannot be told any more.
        let _ = self.take_in();
        for process in self.known.keys().copied().collect::<Vec<_>>() {
            self.note_cpu(process);
        }
        self.who_is_left();
        self.let_go();
        // Whether it had just ended by itself would be luck.
        for record in self.records.iter_mut().filter(|record| !record.awaited) {
            (record.ended, record.how) = (None, None);
        }
        (self.records, self.orphans)
    }
}
