//! Processes that an attack has left, and one that it could have harmed.

use std::{
    fs,
    process::{self, Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, set_child_subreaper, waitpid};

/// How long whatever was told to end may take for it. Far more than it needs, on any machine.
const TO_END: Duration = Duration::from_secs(15);

/// Makes orphans of the processes below this one its children.
pub(super) fn adopt_orphans() {
    set_child_subreaper(Some(getpid())).unwrap();
}

/// A process of the host. It waits for a line that never comes.
pub(super) struct Canary(Child);

impl Canary {
    pub(super) fn new() -> Canary {
        let child = Command::new("cat")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn();
        Canary(child.unwrap())
    }

    pub(super) fn id(&self) -> u32 {
        self.0.id()
    }

    /// What has been done to it.
    pub(super) fn harmed(&self) -> Option<String> {
        match state(self.id()) {
            Some(Process {
                state: 'S' | 'R' | 'D',
                ..
            }) => None,
            Some(Process { state, .. }) => Some(format!("the canary is in state {state}")),
            None => Some("the canary is gone".to_owned()),
        }
    }

    /// What runs and should not, now that no check does: other children of this process, and whoever carries the mark.
    /// They are ended.
    pub(super) fn strangers(&self, mark: &str) -> Vec<String> {
        let begun = Instant::now();
        loop {
            let left = self.left(mark);
            if left.is_empty() {
                return Vec::new();
            }
            if begun.elapsed() > TO_END {
                return left.into_iter().map(|process| process.end()).collect();
            }
            thread::yield_now();
        }
    }

    fn left(&self, mark: &str) -> Vec<Process> {
        let mut left = Vec::new();
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let Some(id) = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u32>().ok())
            else {
                continue;
            };
            let Some(process) = state(id).filter(|_| id != self.id() && id != process::id()) else {
                continue;
            };
            let is_ours = process.parent == process::id();
            if is_ours && process.state == 'Z' {
                // It has ended, as it should.
                let _ = waitpid(Pid::from_raw(id.cast_signed()), WaitOptions::NOHANG);
            } else if is_ours || process.command.contains(mark) {
                left.push(process);
            }
        }
        left
    }
}

impl Drop for Canary {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Process {
    id: u32,
    state: char,
    parent: u32,
    command: String,
}

impl Process {
    fn end(&self) -> String {
        if let Some(id) = Pid::from_raw(self.id.cast_signed()) {
            let _ = kill_process(id, Signal::KILL);
        }
        format!("left the process {} ({:?})", self.id, self.command)
    }
}

fn state(id: u32) -> Option<Process> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name stands in brackets and may be anything.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    let command = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    Some(Process {
        id,
        state: fields.next()?.chars().next()?,
        parent: fields.next()?.parse().ok()?,
        command: String::from_utf8_lossy(&command).replace('\0', " "),
    })
}
