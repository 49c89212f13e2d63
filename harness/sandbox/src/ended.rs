use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

/// How a program ended, and what it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// How it ended.
    pub how: How,
    /// CPU time of the program and of everything it started, together. Children of a process that ignores
    /// `SIGCHLD` are missing: the kernel does not add them up.
    pub cpu: Duration,
    /// Real time from start to end. For people: no verdict may read it.
    pub wall: Duration,
    /// The largest resident set of any one process, in bytes; at least that of the warden, from which each
    /// program is forked.
    pub peak_memory: u64,
    /// How many processes still existed, running or as zombies, when the program had ended by itself:
    /// children that it did not wait for, and whatever these had started. 0 when it was stopped.
    pub left_behind: u32,
    /// Standard output.
    pub stdout: Captured,
    /// Standard error.
    pub stderr: Captured,
    /// What the program wrote in answer to its request: at most one byte more than `limits.reply`, so that
    /// a reader who knows the limit can tell.
    pub reply: Vec<u8>,
    /// Where each thread of the program stood when a limit of time stopped it: the main thread first, then
    /// by thread id, and no more than 256. Empty otherwise.
    pub threads: Vec<ThreadState>,
    /// Every process of a run that was watched ([`Warden::watch`](crate::Warden::watch)), in the order in which they began: the
    /// program's own first. Empty for another run.
    pub processes: Vec<ProcessRecord>,
}

/// A process of a run that was watched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessRecord {
    /// The place of its parent in the list; `None` for the program's own process.
    pub parent: Option<u32>,
    /// When it began: its place in the order of all beginnings and ends.
    pub began: u32,
    /// When it ended, in the same order; `None` where it had to be ended, or nobody has waited for it.
    pub ended: Option<u32>,
    /// How it ended: [`How::Exited`] or [`How::Signalled`]. `None` as above.
    pub how: Option<How>,
    /// The CPU time of its threads, and of no other process.
    pub cpu: Duration,
    /// Whether its parent has waited for it: it was not there any more when the program's own process ended, and no orphan before.
    pub awaited: bool,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By itself, with this exit code.
    Exited(i32),
    /// By this signal, which the warden did not send.
    Signalled(i32),
    /// It passed this limit.
    Stopped(Limit),
    /// The run was cancelled.
    Cancelled,
}

/// A limit that the program passed. Where it passed several, the first in the order of this list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// More than `limits.output` bytes on standard output or on standard error; [`Captured::cut`] says
    /// on which.
    Output,
    /// More than `limits.reply` bytes in answer to the request.
    Reply,
    /// More than `limits.memory` for all processes together. Where there is a control group, the kernel counts, and has killed one of
    /// them; elsewhere the warden does, in samples.
    Memory,
    /// More than `limits.cpu` of CPU time.
    Cpu,
    /// More than `limits.processes` processes and threads at once.
    Processes,
    /// More than `limits.wall` without running and without waiting for a CPU.
    Stalled,
    /// More than [`Limits::backstop`] of real time, with neither limit of time reached: the machine is too
    /// busy to tell, and the program is not to blame.
    ///
    /// [`Limits::backstop`]: crate::Limits::backstop
    Starved,
}

impl Limit {
    /// Whether this limit is about time, so that it matters where the threads stood.
    pub const fn is_time(self) -> bool {
        matches!(self, Limit::Cpu | Limit::Stalled | Limit::Starved)
    }
}

/// What was captured of one stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// The first bytes, up to the limit.
    pub bytes: Vec<u8>,
    /// Whether there were more.
    pub cut: bool,
}

/// Where a thread stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadState {
    /// The thread's name, of at most 15 bytes. It is the program's word: control characters are replaced,
    /// but it may say anything.
    pub name: String,
    /// What it was doing.
    pub doing: Doing,
}

impl fmt::Display for ThreadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.doing)
    }
}

/// What a thread was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Doing {
    /// Running, or ready to.
    Running,
    /// Waiting in a futex: for a lock, a condition variable, a channel, or the end of another thread.
    Futex,
    /// Sleeping for a time.
    Sleeping,
    /// Waiting for a child process to end.
    Child,
    /// Reading from something that has nothing to read.
    Reading,
    /// Writing to something that takes no more.
    Writing,
    /// Waiting for a connection, in either direction.
    Connecting,
    /// Waiting for one of several descriptors, as event loops do.
    Events,
    /// Waiting for a signal.
    Signal,
    /// Stopped by a signal such as `SIGSTOP`.
    Stopped,
    /// Waiting for the disk, or for something else that cannot be interrupted.
    Disk,
    /// Waiting for something else, or for something that the kernel does not let us see.
    Waiting,
    /// Over, while other threads of its process live on.
    Over,
}

impl fmt::Display for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Doing::Running => "running",
            Doing::Futex => "waiting for a lock, a message or another thread",
            Doing::Sleeping => "sleeping",
            Doing::Child => "waiting for a child process",
            Doing::Reading => "reading",
            Doing::Writing => "writing",
            Doing::Connecting => "waiting for a connection",
            Doing::Events => "waiting for events",
            Doing::Signal => "waiting for a signal",
            Doing::Stopped => "stopped by a signal",
            Doing::Disk => "waiting for the disk",
            Doing::Waiting => "waiting",
            Doing::Over => "over",
        })
    }
}
