//! Namespaces: a machine of its own for each run.

use std::{fs, io, process::ExitCode};

use rustix::{
    mount::{MountFlags, MountPropagationFlags, mount, mount_change},
    process::{Signal, WaitOptions, getegid, geteuid, set_parent_process_death_signal, waitpid},
    thread::UnshareFlags,
};

use super::super::system;
use crate::{Network, wire::Fault};

/// Which side of [`enter`] a process is on.
pub(crate) enum Side {
    /// Outside: it has waited for the inside to end, and is to exit with this.
    Outside(ExitCode),
    /// Inside: the first process of the new namespaces. It inherits all orphans there, and when it ends, everything there
    /// is killed (pid_namespaces(7)).
    Inside,
}

/// Enters new namespaces. An ordinary user gets a user namespace as well, in which it is itself and nobody else is
/// anybody.
pub(crate) fn enter(network: Network) -> Result<Side, Fault> {
    let (user, group) = (geteuid(), getegid());
    let mut flags = UnshareFlags::NEWNS
        | UnshareFlags::NEWPID
        | UnshareFlags::NEWNET
        | UnshareFlags::NEWIPC
        | UnshareFlags::NEWUTS;
    if !user.is_root() {
        flags |= UnshareFlags::NEWUSER;
    }
    system::unshare(flags).map_err(refused("make namespaces"))?;
    if !user.is_root() {
        let maps = [
            ("setgroups", "deny".to_owned()),
            ("uid_map", format!("{0} {0} 1", user.as_raw())),
            ("gid_map", format!("{0} {0} 1", group.as_raw())),
        ];
        for (file, text) in maps {
            fs::write(format!("/proc/self/{file}"), text).map_err(refused("map users"))?;
        }
    }
    match system::fork().map_err(refused("start a process"))? {
        Some(child) => {
            // The socket is the inside's now. Its end is ours, whatever it is.
            let status = rustix::io::retry_on_intr(|| waitpid(Some(child), WaitOptions::empty()));
            let code = status.ok().flatten().and_then(|(_, status)| status.exit_status());
            let code = code.and_then(|code| u8::try_from(code).ok());
            Ok(Side::Outside(code.map_or(ExitCode::FAILURE, ExitCode::from)))
        }
        None => {
            settle(network)?;
            Ok(Side::Inside)
        }
    }
}

/// Makes the first process of new namespaces at home: `/proc` is theirs.
fn settle(network: Network) -> Result<(), Fault> {
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(refused("end with its parent"))?;
    mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)
        .map_err(refused("keep mounts to itself"))?;
    let flags = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    mount("proc", "/proc", "proc", flags, None::<&std::ffi::CStr>).map_err(refused("mount /proc"))?;
    if network == Network::Loopback {
        system::bring_loopback_up().map_err(refused("bring the loopback device up"))?;
    }
    Ok(())
}

fn refused<E: Into<io::Error>>(doing: &str) -> impl FnOnce(E) -> Fault {
    let doing = doing.to_owned();
    move |error| Fault::Refused {
        doing,
        errno: error.into().raw_os_error().unwrap_or(libc::EIO),
    }
}
