//! A user that nobody else is.

use std::{io, path::Path};

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

/// The user and group of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(u32);

impl Slot {
    /// The user of the run whose process, as the machine numbers it, is this: no two that live have the same. Process ids are at
    /// most 2²² (proc_sys_kernel(5), `pid_max`).
    pub(crate) fn of(process: Pid) -> Slot {
        Slot(FIRST + process.as_raw_pid().unsigned_abs())
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
