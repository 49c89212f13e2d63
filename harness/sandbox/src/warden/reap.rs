//! The end of everything that a program started.

use std::time::{Duration, Instant};

use rustix::{
    io::Errno,
    process::{Pid, Signal, WaitOptions, getpid, kill_process, kill_process_group, wait},
    thread::{Timespec, nanosleep},
};

use super::{
    processes::{self, Process},
    trace,
};
use crate::{How, wire::Fault};

/// How long stopping a tree may take before it is killed as it is. Stopping comes first for the sake of an
/// exact count; killing does not depend on it.
const STOPPING: Duration = Duration::from_secs(1);

/// The time between two looks at processes that have not stopped yet.
const PAUSE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 1_000_000,
};

/// The processes of one program: itself, and every other descendant of this warden.
pub(super) struct Tree {
    main: Pid,
    /// Whether there are none left.
    gone: bool,
}

/// What was found when everything had ended.
pub(super) struct Remains {
    /// How the program's own process ended.
    pub(super) main: How,
    /// How many other processes the warden had to wait for: each that the program or its descendants had not
    /// waited for themselves, whether it was still alive or not.
    pub(super) others: u32,
}

impl Tree {
    /// The tree of the child `main`, which must not have been waited for.
    pub(super) fn new(main: Pid) -> Self {
        Tree { main, gone: false }
    }

    /// The program's own process. Until [`Tree::end`] it is not waited for, so that the number is its own.
    pub(super) fn main(&self) -> Pid {
        self.main
    }

    /// Kills what is alive, and waits for all of it.
    ///
    /// First everything is stopped, so that the count does not depend on timing: a parent that can still run
    /// could wait for a child that has just been killed, and nobody would know of that child.
    pub(super) fn end(&mut self) -> Result<Remains, Fault> {
        // At once for the whole group, which for most programs is the whole tree. It is still theirs: its
        // leader has not been waited for.
        let _ = kill_process_group(self.main, Signal::STOP);
        let mut reaped = Reaped::new(self.main);
        if reaped.all_that_ended()? == Left::Some {
            stop_all();
            while reaped.all_that_ended()? == Left::Some {
                if reaped.how.is_none() {
                    let _ = kill_process(self.main, Signal::KILL);
                }
                if kill_all() {
                    reaped.one_more()?;
                } else {
                    pause(); // they moved while they were looked for
                }
            }
        }
        self.gone = true;
        Ok(Remains {
            main: reaped
                .how
                .expect("the kernel says that there are no children, and the program was one"),
            others: reaped.others,
        })
    }
}

impl Drop for Tree {
    /// For the way out through an error or a panic.
    fn drop(&mut self) {
        if !self.gone {
            let _ = self.end();
        }
    }
}

#[derive(PartialEq, Eq)]
enum Left {
    Some,
    None,
}

/// What has been waited for so far.
struct Reaped {
    main: Pid,
    how: Option<How>,
    others: u32,
}

impl Reaped {
    fn new(main: Pid) -> Self {
        Reaped {
            main,
            how: None,
            others: 0,
        }
    }

    /// Waits for every child that has ended, and says whether there are others. None means that the whole
    /// tree is gone: an orphan anywhere below would have become a child.
    fn all_that_ended(&mut self) -> Result<Left, Fault> {
        loop {
            match self.next(WaitOptions::NOHANG) {
                Ok(true) => {}
                Ok(false) => return Ok(Left::Some),
                Err(Errno::CHILD) => return Ok(Left::None),
                Err(errno) => return Err(refused(errno)),
            }
        }
    }

    /// Waits until one more child has ended, one of which has been killed.
    fn one_more(&mut self) -> Result<(), Fault> {
        match self.next(WaitOptions::empty()) {
            Ok(_) | Err(Errno::CHILD) => Ok(()),
            Err(errno) => Err(refused(errno)),
        }
    }

    fn next(&mut self, options: WaitOptions) -> Result<bool, Errno> {
        let Some((pid, status)) = rustix::io::retry_on_intr(|| wait(options))? else {
            return Ok(false);
        };
        if status.stopped() {
            // One that was watched: it is as still as it should be, unless it stands before its end.
            trace::go_on_if_ending(pid, status);
        } else if pid == self.main {
            let signal = status.terminating_signal().map(How::Signalled);
            self.how = signal.or(status.exit_status().map(How::Exited));
        } else {
            self.others += 1;
        }
        Ok(true)
    }
}

/// Stops every descendant, so that none forks, waits or ends any more. Gives up after [`STOPPING`].
fn stop_all() {
    let began = Instant::now();
    loop {
        let moving: Vec<Process> = processes::descendants(getpid())
            .into_iter()
            .filter(|process| !process.threads().iter().all(|thread| thread.state.is_still()))
            .collect();
        if moving.is_empty() || began.elapsed() > STOPPING {
            return;
        }
        for process in moving {
            let _ = kill_process(process.id(), Signal::STOP);
        }
        pause();
    }
}

/// Kills every descendant that can be seen, and says whether one of them is a child of this process.
///
/// Children come before their parents: when a parent's end orphans a process group with stopped members,
/// the kernel continues these (setpgid(2)), and by then they must have been killed.
fn kill_all() -> bool {
    let warden = getpid();
    let tree = processes::descendants(warden);
    for process in tree.iter().rev() {
        let _ = kill_process(process.id(), Signal::KILL);
    }
    tree.iter().any(|process| process.parent == warden.as_raw_pid())
}

fn pause() {
    let _ = nanosleep(&PAUSE);
}

fn refused(errno: Errno) -> Fault {
    Fault::Refused {
        doing: "wait for the program's processes".into(),
        errno: errno.raw_os_error(),
    }
}
