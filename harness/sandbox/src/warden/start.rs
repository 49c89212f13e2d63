//! The program as a child of the warden.

use std::{
    io,
    os::{fd::OwnedFd, unix::net::UnixStream},
    process::{Command, Stdio},
    time::Instant,
};

use rustix::process::{PidfdFlags, pidfd_open};

use super::{reap::Tree, stream::Streams, system};
use crate::{Program, wire::Fault};

/// The program and everything that is connected to it. It does not outlive this value.
pub(super) struct Running {
    /// Its processes.
    pub(super) tree: Tree,
    /// Readable when its own process has ended (pidfd_open(2)).
    pub(super) ended: OwnedFd,
    /// What goes in and what comes out.
    pub(super) streams: Streams,
    /// When it was started.
    pub(super) started: Instant,
}

impl Running {
    /// Starts the program.
    pub(super) fn start(program: &Program) -> Result<Self, Fault> {
        let (stdin, channel) = match &program.request {
            None => (Stdio::null(), None),
            Some(_) => {
                let (ours, theirs) = UnixStream::pair().map_err(|err| refused("open a socket", &err))?;
                (Stdio::from(OwnedFd::from(theirs)), Some(ours))
            }
        };
        let mut command = Command::new(&program.path);
        command
            .args(&program.args)
            .env_clear()
            .envs(program.env.iter().map(|(name, value)| (name, value)))
            .current_dir(&program.cwd)
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        system::confine(&mut command, &program.limits);

        let started = Instant::now();
        let child = command
            .spawn()
            .map_err(|err| Fault::NotStarted(err.raw_os_error().unwrap_or(libc::EINVAL)))?;
        drop(command); // and with it our copy of the program's end of the socket

        let tree = Tree::new(system::pid(child.id()));
        let ended = pidfd_open(tree.main(), PidfdFlags::empty())
            .map_err(|errno| refused("watch the program", &errno.into()))?;
        let streams =
            Streams::new(child, channel, program).map_err(|err| refused("read without waiting", &err))?;
        Ok(Running {
            tree,
            ended,
            streams,
            started,
        })
    }
}

fn refused(doing: &str, err: &io::Error) -> Fault {
    Fault::Refused {
        doing: doing.to_owned(),
        errno: err.raw_os_error().unwrap_or(libc::EIO),
    }
}
