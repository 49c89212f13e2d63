//! The tree of descendants and their threads, out of `/proc` (proc_pid_stat(5)).
//!
//! `/proc/PID/task/TID/children` would name the tree directly, but not every kernel is built with it, so
//! that the tree is put together from every process's parent. A snapshot is not taken in one instant: what
//! moves meanwhile may be missed, and is found by the next one.

use std::{collections::HashMap, fs, path::Path};

use rustix::process::Pid;

/// One process, running or a zombie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) pid: i32,
    pub(super) parent: i32,
    /// Its threads, itself included.
    pub(super) threads: u32,
    /// CPU time of its threads, also of those that have ended, and of the children that it waited for; in
    /// clock ticks (sysconf(3), `_SC_CLK_TCK`).
    pub(super) ticks: u64,
    /// Whether it has not executed a program since it was forked.
    pub(super) is_fresh: bool,
}

/// One thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thread {
    pub(super) tid: i32,
    pub(super) state: State,
    /// Nanoseconds in which it ran or waited for a CPU; only in which it ran, in clock ticks, where the kernel
    /// does not count the waiting.
    pub(super) active: u64,
}

/// What the scheduler thinks of a thread: the letter of proc_pid_stat(5), field 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State(pub(super) u8);

impl State {
    /// It runs, waits for a CPU, or waits for a device.
    pub(super) fn is_active(self) -> bool {
        matches!(self.0, b'R' | b'D')
    }

    /// It will not take another step of its own before a signal: stopped, traced, ended, or in a wait
    /// that no signal interrupts (in which a parent sits while its vforked child has not executed).
    pub(super) fn is_still(self) -> bool {
        self.is_over() || matches!(self.0, b'T' | b't' | b'D')
    }

    /// It has ended.
    pub(super) fn is_over(self) -> bool {
        matches!(self.0, b'Z' | b'X' | b'x')
    }
}

impl Process {
    pub(super) fn id(&self) -> Pid {
        Pid::from_raw(self.pid).expect("the kernel's process ids are positive")
    }

    /// The memory that it has to itself, in bytes (proc_pid_statm(5)): what is resident and not shared with a file. 0 when it has
    /// just ended.
    pub(super) fn memory(&self) -> u64 {
        let pages = read(&format!("/proc/{}/statm", self.pid)).and_then(|statm| {
            let mut fields = statm.split_ascii_whitespace().skip(1);
            let resident: u64 = fields.next()?.parse().ok()?;
            let shared: u64 = fields.next()?.parse().ok()?;
            Some(resident.saturating_sub(shared))
        });
        pages.unwrap_or(0) * rustix::param::page_size() as u64
    }

    /// Its threads in order of their ids, which puts the main thread first.
    pub(super) fn threads(&self) -> Vec<Thread> {
        threads(self.pid)
    }
}

/// The flag of a task that has forked and not executed (`PF_FORKNOEXEC` of Linux's `sched.h`).
const FORKED_ONLY: u64 = 0x40;

/// Every descendant of `root`, parents before their children.
pub(super) fn descendants(root: Pid) -> Vec<Process> {
    let mut children: HashMap<i32, Vec<Process>> = HashMap::new();
    for pid in numbers_in(Path::new("/proc")) {
        if let Some(process) = read(&format!("/proc/{pid}/stat")).and_then(|stat| parse_process(&stat)) {
            children.entry(process.parent).or_default().push(process);
        }
    }
    let mut tree: Vec<Process> = Vec::new();
    let mut next = children.remove(&root.as_raw_pid()).unwrap_or_default();
    while let Some(process) = next.pop() {
        next.extend(children.remove(&process.pid).unwrap_or_default());
        tree.push(process);
    }
    tree
}

/// The threads of a process, in order of their ids.
pub(super) fn threads(pid: i32) -> Vec<Thread> {
    let folder = format!("/proc/{pid}/task");
    let mut tids = numbers_in(Path::new(&folder));
    tids.sort_unstable();
    tids.into_iter()
        .filter_map(|tid| {
            let (state, ticks) = parse_thread(&read(&format!("{folder}/{tid}/stat"))?)?;
            let active = read(&format!("{folder}/{tid}/schedstat"))
                .and_then(|schedstat| parse_schedstat(&schedstat))
                .unwrap_or_else(|| nanoseconds(ticks));
            Some(Thread { tid, state, active })
        })
        .collect()
}

/// Clock ticks as nanoseconds.
pub(super) fn nanoseconds(ticks: u64) -> u64 {
    ticks.saturating_mul(1_000_000_000 / rustix::param::clock_ticks_per_second())
}

/// The text of a file below `/proc`, unless its process has just ended. A thread's name can be any bytes.
pub(super) fn read(path: &str) -> Option<String> {
    fs::read(path)
        .ok()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn numbers_in(folder: &Path) -> Vec<i32> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect()
}

/// The fields of a `stat` file from the third on. The second is the name, in parentheses, and may contain
/// blanks and parentheses of its own.
fn fields(stat: &str) -> Option<Vec<&str>> {
    Some(stat.rsplit_once(')')?.1.split_ascii_whitespace().collect())
}

pub(super) fn parse_process(stat: &str) -> Option<Process> {
    let pid = stat.split_once(' ')?.0.parse().ok()?;
    let fields = fields(stat)?;
    let number = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    Some(Process {
        pid,
        parent: fields.get(4 - 3)?.parse().ok()?,
        threads: u32::try_from(number(20)?).ok()?,
        // user and system time, its own and of the children that it waited for
        ticks: number(14)? + number(15)? + number(16)? + number(17)?,
        is_fresh: number(9)? & FORKED_ONLY != 0,
    })
}

pub(super) fn parse_thread(stat: &str) -> Option<(State, u64)> {
    let fields = fields(stat)?;
    let ticks = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    let state = State(*fields.first()?.as_bytes().first()?);
    Some((state, ticks(14)? + ticks(15)?))
}

/// Time on a CPU and time waiting for one, in nanoseconds, together. `None` where the kernel does not count
/// them, which it says with three zeros.
fn parse_schedstat(schedstat: &str) -> Option<u64> {
    let mut numbers = schedstat.split_ascii_whitespace().map(str::parse::<u64>);
    match (
        numbers.next()?.ok()?,
        numbers.next()?.ok()?,
        numbers.next()?.ok()?,
    ) {
        (0, 0, 0) => None,
        (running, waiting, _) => Some(running + waiting),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAT: &str = "4711 (a) R 1 (b) S 17 4711 4711 0 -1 4194368 100 0 0 0 1 2 30 40 20 0 9 0 5000 0 0\n";

    #[test]
    fn a_name_with_parentheses_forges_nothing() {
        let process = Process {
            pid: 4711,
            parent: 17,
            threads: 9,
            ticks: 73,
            is_fresh: true,
        };
        assert_eq!(parse_process(STAT), Some(process));
        assert_eq!(parse_thread(STAT), Some((State(b'S'), 3)));
    }

    #[test]
    fn a_kernel_that_does_not_count_waiting_is_noticed() {
        assert_eq!(parse_schedstat("78708070 149941627 31\n"), Some(228_649_697));
        assert_eq!(parse_schedstat("0 0 0\n"), None);
        assert_eq!(parse_schedstat("0 0 1\n"), Some(0));
        assert_eq!(parse_schedstat(""), None);
    }

    #[test]
    fn half_a_line_is_no_process() {
        assert_eq!(parse_process(&STAT[..60]), None);
        assert_eq!(parse_process(""), None);
    }

    #[test]
    fn this_test_finds_its_own_thread() {
        let tid = rustix::thread::gettid().as_raw_pid();
        let threads = threads(rustix::process::getpid().as_raw_pid());
        let own = threads.iter().find(|thread| thread.tid == tid).unwrap();
        assert_eq!(own.state, State(b'R'));
        assert!(threads.is_sorted_by_key(|thread| thread.tid));
    }
}
