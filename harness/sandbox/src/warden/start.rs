//! The program as a child of the warden, inside its layers.

use std::{
    io::{self, PipeReader, Read, Write},
    net::Shutdown,
    os::{fd::OwnedFd, unix::net::UnixStream},
    process::{Command, Stdio},
    time::Instant,
};

use rustix::process::{Pid, PidfdFlags, Resource, Rlimit, getpid, pidfd_open};

use super::{
    census::Census,
    confine::{
        calls::Filters,
        cgroup::{Entrance, Events},
        files, root, user,
        user::Slot,
    },
    reap::Tree,
    stream::Streams,
    system, trace,
};
use crate::{
    Layer, attack,
    wire::{Fault, Order},
};

/// The program and everything that is connected to it. It does not outlive this value.
pub(super) struct Running {
    /// Its processes one by one, where they are watched. It lets go of them before the tree ends them: fields are dropped in this order.
    pub(super) census: Option<Census>,
    /// Its processes.
    pub(super) tree: Tree,
    /// Readable when its own process has ended (pidfd_open(2)).
    pub(super) ended: OwnedFd,
    /// What goes in and what comes out.
    pub(super) streams: Streams,
    /// When it was started.
    pub(super) started: Instant,
    /// What its control groups say.
    pub(super) events: Option<Events>,
}

/// What the warden has made ready for the program, where the layers ask for it.
pub(super) struct Prepared {
    /// The way into its control groups.
    pub(super) entrance: Option<Entrance>,
    /// What they will say.
    pub(super) events: Option<Events>,
    /// The user that it becomes.
    pub(super) slot: Option<Slot>,
    /// The number that this process, or the one outside that waits for it, has outside.
    pub(super) outside: Pid,
}

impl Running {
    /// Starts the program.
    pub(super) fn start(order: &Order, prepared: Prepared) -> Result<Self, Fault> {
        let program = &order.program;
        let (stdin, channel) = match &program.request {
            None => (Stdio::null(), None),
            Some(_) => {
                let (ours, theirs) = UnixStream::pair().map_err(|err| refused("open a socket", &err))?;
                // Who is to say nothing has nobody to say it to.
                if program.limits.reply == 0 {
                    let closed = theirs.shutdown(Shutdown::Write);
                    closed.map_err(|err| refused("close a socket", &err))?;
                }
                (Stdio::from(OwnedFd::from(theirs)), Some(ours))
            }
        };
        let (complaints, complain) = io::pipe().map_err(|err| refused("open a pipe", &err))?;
        let mut command = Command::new(&program.path);
        command
            .args(&program.args)
            .env_clear()
            .envs(program.env.iter().map(|(name, value)| (name, value)))
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let inside = Inside::new(order, prepared.entrance, prepared.slot, prepared.outside)?;
        let mut complain = complain;
        system::before_exec(&mut command, move || {
            inside.prepare().map_err(|(doing, error)| {
                // Only a number gets through to the warden otherwise.
                let _ = complain.write_all(doing.as_bytes());
                io::Error::from_raw_os_error(error.raw_os_error().unwrap_or(libc::EIO))
            })
        });

        let started = Instant::now();
        let spawned = command.spawn();
        drop(command); // and with it our copies of the program's end of the socket, and of the pipe's
        let child = spawned.map_err(|err| not_started(complaints, &err))?;

        let tree = Tree::new(system::pid(child.id()));
        let ended = pidfd_open(tree.main(), PidfdFlags::empty())
            .map_err(|errno| refused("watch the program", &errno.into()))?;
        let census = match order.watch {
            true => Some(
                Census::begin(tree.main()).map_err(|err| refused("watch the program's processes", &err))?,
            ),
            false => None,
        };
        let streams =
            Streams::new(child, channel, program).map_err(|err| refused("read without waiting", &err))?;
        Ok(Running {
            tree,
            ended,
            streams,
            started,
            events: prepared.events,
            census,
        })
    }
}

/// What the program's process needs to put its layers up.
struct Inside {
    order: Order,
    limits: [(Resource, Rlimit); 7],
    warden: Pid,
    outside: Pid,
    entrance: Option<Entrance>,
    slot: Option<Slot>,
    filters: Option<Filters>,
}

impl Inside {
    fn new(
        order: &Order,
        entrance: Option<Entrance>,
        slot: Option<Slot>,
        outside: Pid,
    ) -> Result<Inside, Fault> {
        let filters = order
            .layers
            .contains(&Layer::Seccomp)
            .then(|| Filters::new(&order.program))
            .transpose()
            .map_err(|err| refused("write a filter of system calls", &err))?;
        Ok(Inside {
            order: order.clone(),
            limits: system::resource_limits(&order.program.limits, slot.is_some()),
            warden: getpid(),
            outside,
            entrance,
            slot,
            filters,
        })
    }

    /// Puts the layers up, from the outside in. What fails is said in words.
    fn prepare(&self) -> Result<(), (&'static str, io::Error)> {
        let has = |layer| self.order.layers.contains(&layer);
        let program = &self.order.program;
        system::set_limits(self.warden, &self.limits).map_err(|err| ("set limits", err))?;
        if has(Layer::Namespaces) {
            root::enter(program, self.slot).map_err(|err| ("make a root for the program", err))?;
        } else if let Some(slot) = self.slot {
            let own = |folder: &std::path::PathBuf| slot.own(folder);
            let owned = program.view.write.iter().try_for_each(own);
            owned.map_err(|err| ("give the program a folder", err))?;
        }
        // Not before the root is made: mounting from inside a group that has just been entered was seen to take 10 ms more.
        if let Some(entrance) = &self.entrance {
            entrance.enter().map_err(|err| ("enter a control group", err))?;
        }
        let folder = rustix::process::chdir(&program.cwd);
        folder.map_err(|err| (NO_FOLDER, err.into()))?;
        if let Some(slot) = self.slot {
            slot.become_it().map_err(|err| ("become another user", err))?;
            // Whoever becomes another user is no longer to die with its parent (prctl(2), `PR_SET_PDEATHSIG`).
            system::die_with(self.warden).map_err(|err| ("end with the warden", err))?;
        }
        // Alone, session and limits take nothing away; with anything more, root's rights would be ways around it.
        if self.order.layers.iter().any(|layer| !layer.is_everywhere()) {
            user::drop_capabilities().map_err(|err| ("give up capabilities", err))?;
        }
        if has(Layer::Landlock) {
            files::restrict(program, has(Layer::Namespaces))
                .map_err(|err| ("restrict itself with Landlock", err))?;
        }
        system::close_on_exec_from(3).map_err(|err| ("close descriptors", err))?;
        // The filter would not let it.
        if self.order.watch {
            trace::be_traced().map_err(|err| ("let itself be watched", err))?;
        }
        if let Some(filters) = &self.filters {
            filters
                .install()
                .map_err(|err| ("install a filter of system calls", err))?;
        }
        match &self.order.attack {
            Some(plan) => attack::carry_out(plan, self.outside),
            None => Ok(()),
        }
    }
}

/// What is complained of when there is no folder to start in.
const NO_FOLDER: &str = "no folder";

/// Why a program did not start: it could not be executed, or a layer could not be put up, which the complaints tell.
fn not_started(mut complaints: PipeReader, err: &io::Error) -> Fault {
    let mut doing = String::new();
    let _ = complaints.read_to_string(&mut doing);
    match doing.as_str() {
        "" | NO_FOLDER => Fault::NotStarted(err.raw_os_error().unwrap_or(libc::EINVAL)),
        _ => refused(&doing, err),
    }
}

fn refused(doing: &str, err: &io::Error) -> Fault {
    Fault::Refused {
        doing: doing.to_owned(),
        errno: err.raw_os_error().unwrap_or(libc::EIO),
    }
}
