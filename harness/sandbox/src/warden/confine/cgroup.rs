//! Control groups: the kernel counts the memory and the processes of the whole tree.
//!
//! Version 2 has one hierarchy, version 1 one for each controller; there are machines whose version 2 has no controllers
//! because version 1 has them. Which controller is where is read from the mounts; the file names are those of
//! cgroup-v1/memory.rst, cgroup-v1/pids.rst and cgroup-v2.rst of the kernel's documentation.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::fd::AsFd,
    path::{Path, PathBuf},
};

use rustix::{
    process::{Pid, getpid, test_kill_process},
    thread::Timespec,
};

use crate::Limits;

/// What a group is called, before the number of the process that made it.
const PREFIX: &str = "kata-";

/// How many tasks more than its limit a tree may have before a fork fails: the warden, which counts in samples, has
/// to see that the limit is passed.
const TASKS_BEYOND: u64 = 16;

/// The control groups of one run. They are removed with this value.
pub(crate) struct Groups {
    memory: Group,
    pids: Option<Group>,
}

/// One group.
struct Group {
    folder: PathBuf,
    version: Version,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

/// What the kernel says that it did about the limits.
pub(crate) struct Events {
    memory: File,
    pids: File,
}

impl Version {
    /// The file that a process joins a group by. Version 1 has one for single threads as well, and a thread that moves itself
    /// waits for no lock of the whole machine, which takes some 8 ms (`cgroup_procs_write_start` of Linux, since 5.5). A process
    /// that is about to execute has one thread.
    fn entrance(self) -> &'static str {
        match self {
            Version::One => "tasks",
            Version::Two => "cgroup.procs",
        }
    }
}

/// The way into the groups, open.
pub(crate) struct Entrance(Vec<File>);

impl Groups {
    /// Makes groups for a program with these limits.
    pub(crate) fn new(limits: &Limits) -> io::Result<Groups> {
        let mounts = fs::read_to_string("/proc/self/mounts")?;
        let memory = Group::new(&hierarchy(&mounts, "memory")?)?;
        if let Some(bytes) = limits.memory {
            let (limit, swap) = match memory.version {
                Version::One => ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
                Version::Two => ("memory.max", "memory.swap.max"),
            };
            memory.write(limit, &bytes.to_string())?;
            let with_swap = if memory.version == Version::One { bytes } else { 0 };
            // Not every kernel counts swap.
            let _ = memory.write(swap, &with_swap.to_string());
        }
        let most = u64::from(limits.processes) * 2 + TASKS_BEYOND;
        let pids_at = hierarchy(&mounts, "pids")?;
        let pids = if pids_at == (memory.parent(), memory.version) {
            memory.write("pids.max", &most.to_string())?;
            None
        } else {
            let pids = Group::new(&pids_at)?;
            pids.write("pids.max", &most.to_string())?;
            Some(pids)
        };
        Ok(Groups { memory, pids })
    }

    /// The way in, for a process that is to be counted.
    pub(crate) fn entrance(&self) -> io::Result<Entrance> {
        let groups = [Some(&self.memory), self.pids.as_ref()];
        let open = |group: &Group| {
            OpenOptions::new()
                .write(true)
                .open(group.folder.join(group.version.entrance()))
        };
        Ok(Entrance(
            groups
                .into_iter()
                .flatten()
                .map(open)
                .collect::<io::Result<_>>()?,
        ))
    }

    /// What says what the kernel did about the limits, open: from inside other namespaces too.
    pub(crate) fn events(&self) -> io::Result<Events> {
        let memory = match self.memory.version {
            Version::One => "memory.oom_control",
            Version::Two => "memory.events",
        };
        let pids = self.pids.as_ref().unwrap_or(&self.memory);
        Ok(Events {
            memory: File::open(self.memory.folder.join(memory))?,
            pids: File::open(pids.folder.join("pids.events"))?,
        })
    }
}

impl Entrance {
    /// Puts the calling process into the groups.
    pub(crate) fn enter(&self) -> io::Result<()> {
        // "0" is the writer (cgroup-v1/cgroups.rst, 2.1), whatever number it has in its namespace.
        self.0.iter().try_for_each(|mut procs| procs.write_all(b"0"))
    }
}

impl Events {
    /// Whether a process was killed for its memory.
    pub(crate) fn killed_for_memory(&self) -> bool {
        has_happened(&self.memory, "oom_kill ")
    }

    /// Whether a fork failed because there were too many processes: the program may well have ended by that before the
    /// warden has counted.
    pub(crate) fn refused_a_process(&self) -> bool {
        has_happened(&self.pids, "max ")
    }
}

/// Whether the line with this name has another number than 0.
fn has_happened(events: &File, name: &str) -> bool {
    let mut text = [0; 4096];
    let length = rustix::io::pread(events.as_fd(), &mut text, 0).unwrap_or(0);
    String::from_utf8_lossy(&text[..length])
        .lines()
        .any(|line| line.strip_prefix(name).is_some_and(|number| number.trim() != "0"))
}

impl Group {
    fn new((parent, version): &(PathBuf, Version)) -> io::Result<Group> {
        sweep(parent);
        if *version == Version::Two {
            // Already so where systemd runs; elsewhere it needs saying.
            let _ = fs::write(parent.join("cgroup.subtree_control"), "+memory +pids");
        }
        let folder = parent.join(format!("{PREFIX}{}", getpid().as_raw_pid()));
        fs::create_dir(&folder)?;
        Ok(Group {
            folder,
            version: *version,
        })
    }

    fn parent(&self) -> PathBuf {
        self.folder.parent().unwrap_or(Path::new("/")).to_owned()
    }

    fn write(&self, file: &str, text: &str) -> io::Result<()> {
        fs::write(self.folder.join(file), text)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // The kernel may take a moment to let the last process go.
        for _ in 0..PATIENCE {
            match fs::remove_dir(&self.folder) {
                Err(error) if error.kind() == io::ErrorKind::ResourceBusy => {
                    let _ = rustix::thread::nanosleep(&PAUSE);
                }
                _ => return,
            }
        }
    }
}

/// How often a group that is still busy is tried to be removed. The next run sweeps what is left.
const PATIENCE: u32 = 1_000;

/// The time between two tries.
const PAUSE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 1_000_000,
};

/// Removes groups whose makers are gone.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let maker = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.parse().ok());
        if let Some(maker) = maker.and_then(Pid::from_raw)
            // What has this process's number was left by an earlier one.
            && (maker == getpid() || test_kill_process(maker) == Err(rustix::io::Errno::SRCH))
        {
            let _ = fs::remove_dir(entry.path());
        }
    }
}

/// The hierarchy that has this controller.
fn hierarchy(mounts: &str, controller: &str) -> io::Result<(PathBuf, Version)> {
    let mut second = None;
    for line in mounts.lines() {
        let mut fields = line.split(' ');
        let (Some(_), Some(place), Some(kind), Some(options)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let place = PathBuf::from(place);
        match kind {
            "cgroup" if options.split(',').any(|option| option == controller) => {
                return Ok((place, Version::One));
            }
            "cgroup2" if has(&place, controller) => second = Some((place, Version::Two)),
            _ => {}
        }
    }
    second.ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn has(root: &Path, controller: &str) -> bool {
    fs::read_to_string(root.join("cgroup.controllers"))
        .is_ok_and(|text| text.split_whitespace().any(|found| found == controller))
}
