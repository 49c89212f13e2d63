//! What an attack could leave in the kernel: mounts, control groups, keys, sockets, memory that is shared by number.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

/// How long a control group of a check that has ended may take to go. Far more than it needs, on any machine.
const TO_GO: Duration = Duration::from_secs(15);

/// What the kernel had before the attacks.
pub(super) struct Kernel {
    mark: String,
    key: i32,
    root: PathBuf,
    groups: BTreeSet<PathBuf>,
    name: String,
}

impl Kernel {
    /// As it is now.
    pub(super) fn now(mark: &str, number: u64, root: &Path) -> Kernel {
        Kernel {
            mark: mark.to_owned(),
            key: i32::try_from(number % 1_000_000_000).unwrap() + 1_000_000_000,
            root: root.to_owned(),
            groups: groups(),
            name: host_name(),
        }
    }

    /// The key of this host for what System V calls by keys.
    pub(super) fn key(&self) -> i32 {
        self.key
    }

    /// What is there that was not.
    pub(super) fn changes(&self) -> Vec<String> {
        let mut changes = Vec::new();
        let root = self.root.to_string_lossy();
        let (mark, key) = (self.mark.as_str(), self.key.to_string());
        // The host's own socket has its name by design.
        let own = format!("{mark}-host");
        for (list, words) in [
            ("/proc/self/mountinfo", vec![mark, &*root]),
            ("/proc/net/unix", vec![mark]),
            ("/proc/keys", vec![mark]),
            ("/proc/key-users", vec![mark]),
            ("/proc/sysvipc/shm", vec![key.as_str()]),
            ("/proc/sysvipc/sem", vec![key.as_str()]),
            ("/proc/sysvipc/msg", vec![key.as_str()]),
        ] {
            let text = fs::read_to_string(list).unwrap_or_default();
            let new = text
                .lines()
                .filter(|line| words.iter().any(|word| line.contains(word)) && !line.contains(&own));
            changes.extend(new.map(|line| format!("left in {list}: {line}")));
        }
        if host_name() != self.name {
            changes.push("changed the name of the host".to_owned());
        }
        changes.extend(self.groups_left().iter().map(|group| format!("left {group:?}")));
        changes
    }

    /// Control groups that are new and in which nobody is. One with somebody in it belongs to a check of somebody else: of
    /// ours, nothing runs now.
    fn groups_left(&self) -> Vec<PathBuf> {
        let begun = Instant::now();
        loop {
            let empty = |group: &PathBuf| {
                fs::read_to_string(group.join("cgroup.procs")).is_ok_and(|processes| processes.is_empty())
            };
            let left: Vec<PathBuf> = groups()
                .difference(&self.groups)
                .filter(|group| empty(group))
                .cloned()
                .collect();
            if left.is_empty() || begun.elapsed() > TO_GO {
                return left;
            }
            thread::yield_now();
        }
    }
}

/// The control groups that are kata's by name.
fn groups() -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![PathBuf::from("/sys/fs/cgroup")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                continue;
            }
            if entry.file_name().to_string_lossy().starts_with("kata") {
                found.insert(entry.path());
            }
            open.push(entry.path());
        }
    }
    found
}

fn host_name() -> String {
    fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default()
}
