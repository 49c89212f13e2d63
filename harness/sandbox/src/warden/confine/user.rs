//! A user that nobody else is.

use std::{fs, io, os::unix::fs::MetadataExt, path::Path};

use rustix::{
    fs::{Gid, Uid},
    process::Pid,
    thread::{
        CapabilitySet, CapabilitySets, set_capabilities, set_thread_groups, set_thread_res_gid,
        set_thread_res_uid,
    },
};

/// The first of the range. Above what systemd reserves for containers (`UIDS-GIDS.md` of systemd: 524288 to 1879048191)
/// and below the sign bit, where some programs stumble.
const FIRST: u32 = 1_879_048_192;

/// How many of them there are for each namespace of processes, of 64.
const NAMESPACE: u32 = 1 << 22;

/// The user and group of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(u32);

impl Slot {
    /// The user of the run that this process, the caller, conducts: no two that live have the same, for two processes that live have not the
    /// same number. Process ids are at most 2²² (proc_sys_kernel(5), `pid_max`).
    ///
    /// Two containers number their processes apart, and the kernel keeps one account of a user for both. So the number of the namespace is in it,
    /// as far as there is room: one in 64 of them has the same.
    pub(crate) fn of(process: Pid) -> Slot {
        let namespace = fs::metadata("/proc/self/ns/pid").map_or(0, |known| known.ino());
        Slot(Slot::number(namespace, process.as_raw_pid().unsigned_abs()))
    }

    fn number(namespace: u64, process: u32) -> u32 {
        FIRST + ((namespace % 64) as u32 * NAMESPACE + process % NAMESPACE)
    }

    /// Gives it a folder.
    pub(crate) fn own(self, folder: &Path) -> io::Result<()> {
        let (user, group) = (Uid::from_raw(self.0), Gid::from_raw(self.0));
        rustix::fs::chownat(
            rustix::fs::CWD,
            folder,
            Some(user),
            Some(group),
            rustix::fs::AtFlags::SYMLINK_NOFOLLOW,
        )?;
        Ok(())
    }

    /// Becomes it, for good.
    pub(crate) fn become_it(self) -> io::Result<()> {
        let (user, group) = (Uid::from_raw(self.0), Gid::from_raw(self.0));
        set_thread_groups(&[])?;
        set_thread_res_gid(group, group, group)?;
        set_thread_res_uid(user, user, user)?;
        Ok(())
    }
}

/// Gives up every capability. `execve` would do so as well, for all but root.
pub(crate) fn drop_capabilities() -> io::Result<()> {
    let none = CapabilitySet::empty();
    set_capabilities(
        None,
        CapabilitySets {
            effective: none,
            permitted: none,
            inheritable: none,
        },
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_in_the_range_and_nobody_elses() {
        let processes = [1, 2, 300, (1 << 22) - 1];
        let namespaces = [4_026_531_836, 4_026_531_837, 4_026_531_899];
        let mut numbers: Vec<u32> = processes
            .iter()
            .flat_map(|process| namespaces.map(|namespace| Slot::number(namespace, *process)))
            .collect();
        assert!(
            numbers
                .iter()
                .all(|number| (FIRST..=u32::MAX / 2).contains(number))
        );
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), processes.len() * namespaces.len());
    }
}
