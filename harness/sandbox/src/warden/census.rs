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
//! A thread that writes waits for a reader, who may be the warden: it counts as asleep only while there is nothing in the warden's own pipes.
//! One that has lent its memory (vfork(2)) is told to sleep too deep to be woken; who has borrowed it is not held, or neither would move again.
//!
//! Who sleeps for a time may start the next process when it wakes. It is waited for, and not for ever: a parent that sleeps and
//! looks would do so until one of those ends that are held. [`PATIENCE`] looks that find nothing but sleep, with no news of any process in between, are
//! enough. The time that it takes is the warden's, and no time in which the program stalls. Looks at a busy machine come later, and find fewer asleep; so what a machine does to that number errs on the side of holding on.
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
    system, threads,
    trace::{self, Event, News},
};
use crate::{How, ProcessRecord};

/// How much news is taken in at once. There may always be more: the clocks have to be looked at all the same.
const AT_ONCE: usize = 64;

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
    /// Those that have just been made, and stop once because of it.
    new: BTreeSet<i32>,
    /// Those that have come to their end, whether they are held there or not.
    ending: BTreeSet<i32>,
    /// Those that are held at their end.
    held: BTreeSet<i32>,
    /// Those that were killed before the word of whoever started them has come.
    gone: BTreeSet<i32>,
    /// Processes that have borrowed the memory of another one, with the task that has lent it, and waits.
    borrowers: BTreeMap<i32, i32>,
    /// Processes that have executed a program, and so have given back what memory they had borrowed.
    own: BTreeSet<i32>,
    /// How many processes have begun and ended so far, together.
    moments: u32,
    /// Whether there may be more news than has been taken in.
    more: bool,
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
            new: BTreeSet::new(),
            ending: BTreeSet::new(),
            held: BTreeSet::new(),
            gone: BTreeSet::new(),
            borrowers: BTreeMap::new(),
            own: BTreeSet::new(),
            moments: 0,
            more: false,
            idle: 0,
        };
        census.enter(census.main, None);
        census.tasks.insert(census.main, census.main);
        trace::wait_for_stop(census.main)?;
        trace::trace_what_it_starts(census.main)?;
        trace::go_on(census.main, 0);
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

    /// Whether [`Census::advance`] has something to do at once.
    pub(super) fn has_more(&self) -> bool {
        self.more
    }

    /// Takes in what has happened, and lets everything go on; then lets go of what is held, if nothing else moves.
    ///
    /// `is_read` says whether all that the program has written so far has been read.
    pub(super) fn advance(&mut self, is_read: impl Fn() -> bool) -> io::Result<()> {
        system::drain(&self.signals);
        self.take_in()?;
        if self.holds() && !self.more && self.nothing_moves(is_read) {
            self.let_go();
        }
        Ok(())
    }

    fn take_in(&mut self) -> io::Result<()> {
        self.more = false;
        for _ in 0..AT_ONCE {
            let Some((pid, news)) = trace::peek_at_news()? else {
                return Ok(());
            };
            self.idle = 0;
            match news {
                // It is the tree's to wait for: its number stays its own until then.
                News::Ended(how) if pid == self.main => {
                    self.ends(pid, Some(how));
                    return Ok(());
                }
                News::Ended(how) => self.has_ended(pid, how),
                News::Stopped => {
                    if let Some(event) = trace::take_stop(pid)? {
                        self.stopped(pid, event);
                    }
                }
            }
        }
        self.more = true;
        Ok(())
    }

    fn stopped(&mut self, pid: i32, event: Event) {
        // A task's own first stop may come before the word of whoever started it.
        self.meet(pid);
        match event {
            Event::Started(new) => {
                self.hear_of(new);
                trace::go_on(pid, 0);
            }
            Event::Lent(new) => {
                // The word of the lender may come after that of a program that the borrower has executed since.
                if self.hear_of(new) && !self.own.contains(&new) {
                    self.borrowers.insert(new, pid);
                }
                trace::go_on(pid, 0);
            }
            Event::Executed => {
                // Whichever thread it was, the process has one now, with the number of the process.
                let process = self.process_of(pid);
                self.forget_tasks_of(process);
                self.tasks.insert(pid, process);
                self.borrowers.remove(&process);
                self.own.insert(process);
                trace::go_on(pid, 0);
            }
            Event::Ending => self.is_ending(pid),
            Event::Signal(signal) => {
                // What every new task is sent when it is traced from its begin.
                let is_first = self.new.remove(&pid) && signal == libc::SIGSTOP;
                trace::go_on(pid, if is_first { 0 } else { signal });
            }
        }
    }

    /// Somebody has been started; whether there is anybody still.
    fn hear_of(&mut self, new: i32) -> bool {
        let is_there = !self.gone.remove(&new);
        if is_there {
            self.meet(new);
        }
        is_there
    }

    /// Somebody, perhaps new: a process, or a thread of one.
    fn meet(&mut self, pid: i32) {
        if self.tasks.contains_key(&pid) {
            return;
        }
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
        self.new.insert(pid);
    }

    /// The process of a task.
    fn process_of(&self, task: i32) -> i32 {
        self.tasks.get(&task).copied().unwrap_or(task)
    }

    /// The tasks of a process.
    fn tasks_of(&self, process: i32) -> impl Iterator<Item = i32> {
        self.tasks
            .iter()
            .filter(move |(_, of)| **of == process)
            .map(|(task, _)| *task)
    }

    fn forget_tasks_of(&mut self, process: i32) {
        for task in self.tasks_of(process).collect::<Vec<_>>() {
            self.forget(task);
        }
    }

    fn forget(&mut self, task: i32) {
        self.tasks.remove(&task);
        for set in [&mut self.new, &mut self.ending, &mut self.held, &mut self.own] {
            set.remove(&task);
        }
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
        self.ending.insert(pid);
        let process = self.process_of(pid);
        self.note_cpu(process);
        // All of them stand there at once where a process ends with its threads: it is the last to come that counts.
        let is_last = self.tasks_of(process).all(|task| self.ending.contains(&task));
        let lent = self.borrowers.contains_key(&process);
        if is_last && process != self.main && !lent {
            self.held.insert(pid);
            return;
        }
        if is_last && process == self.main {
            self.who_is_left();
        }
        trace::go_on(pid, 0);
    }

    /// A thread has ended, or a process.
    fn has_ended(&mut self, pid: i32, how: How) {
        if !self.tasks.contains_key(&pid) && !self.known.contains_key(&pid) {
            self.meet(pid);
            self.gone.insert(pid);
        }
        if self.process_of(pid) == pid {
            self.note_cpu(pid);
            self.ends(pid, Some(how));
            // One whose parent is gone is the warden's child, and by waiting for it the warden takes it away.
            let stat = processes::read(&format!("/proc/{pid}/stat"));
            let parent = stat
                .and_then(|stat| processes::parse_process(&stat))
                .map(|process| process.parent);
            if parent == Some(getpid().as_raw_pid()) {
                self.leave(pid);
            }
            self.borrowers.remove(&pid);
            self.forget_tasks_of(pid);
        }
        self.forget(pid);
        trace::take_end(pid);
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
        let others = self.known.keys().filter(|process| **process != self.main);
        let left: Vec<i32> = others
            .copied()
            .filter(|process| self.is_there(*process))
            .collect();
        left.into_iter().for_each(|process| self.leave(process));
    }

    /// Whether a process exists, ended or not, and is not somebody else's that has been given its number since.
    fn is_there(&self, process: i32) -> bool {
        let stat = processes::read(&format!("/proc/{process}/stat"));
        stat.and_then(|stat| processes::parse_process(&stat))
            .is_some_and(|found| {
                found.parent == getpid().as_raw_pid() || self.known.contains_key(&found.parent)
            })
    }

    /// Whether no thread of the tree runs, can be woken by one that does, or wakes by itself. Those that are held do not count.
    fn nothing_moves(&mut self, is_read: impl Fn() -> bool) -> bool {
        let Some(before) = self.all_asleep() else {
            return false;
        };
        // Whoever had waited for the warden to read has been woken by now, and has run, or is about to.
        if !is_read() {
            return false;
        }
        self.idle += 1;
        let still = self.all_asleep().is_some_and(|after| after == before);
        still && before.for_good || self.idle > PATIENCE
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
            // Where there is none, it is on its way out, and news of it on its way here.
            let (state, _) = processes::parse_thread(&file("stat")?)?;
            let has_lent = || self.borrowers.values().any(|lender| lender == task);
            match state {
                State(b'S') => {}
                State(b'D') if has_lent() => {}
                // A process whose first thread is over before the others: there will be no news before they are.
                over if over.is_over() && task == process && self.tasks_of(*process).count() > 1 => continue,
                _ => return None,
            }
            asleep.for_good &= !threads::wakes_by_itself(file("syscall").as_deref());
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
            self.ends(self.process_of(*pid), None);
        }
        for (_, pid) in held {
            trace::go_on(pid, 0);
        }
    }

    /// The run is over: what is left is the tree's to end.
    pub(super) fn end(mut self) -> Vec<ProcessRecord> {
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
        std::mem::take(&mut self.records)
    }
}

impl Drop for Census {
    /// Who is held dies by no signal: the kernel drops those to a process that is about to end.
    fn drop(&mut self) {
        self.let_go();
    }
}
