use std::{ffi::OsString, os::unix::ffi::OsStrExt, path::PathBuf, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{Error, Network, View};

/// One program to run, and what it may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The executable, as an absolute path: `PATH` is not searched. It is also the program's `argv[0]`. Inside
    /// [`Namespaces`](crate::Layer::Namespaces) no part of it may be a link, as in a [`View`]: `/usr/bin/dash`, where `/bin/sh`
    /// leads to it.
    pub path: PathBuf,
    /// The arguments behind `argv[0]`.
    pub args: Vec<OsString>,
    /// The whole environment: nothing is inherited.
    pub env: Vec<(OsString, OsString)>,
    /// The folder that the program starts in, as an absolute path.
    pub cwd: PathBuf,
    /// What of the file system it is shown.
    pub view: View,
    /// Whether it may use the network.
    pub network: Network,
    /// What the program finds on its standard input.
    ///
    /// `None` is `/dev/null`. With `Some`, standard input is one end of a unix stream socket: the program reads
    /// these bytes from it, then the end of the file, and whatever it writes to it is [`Ended::reply`]. Where `limits.reply` is 0 it
    /// cannot be written to.
    ///
    /// [`Ended::reply`]: crate::Ended::reply
    pub request: Option<Vec<u8>>,
    /// What it may use.
    pub limits: Limits,
}

/// What a program may use. Reaching a limit is fine, passing it is not.
///
/// A limit of 0 means "nothing at all" for `output`, `reply` and `file_size`; elsewhere it makes no sense
/// and is refused, lest somebody takes it for "no limit".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// CPU time of the program and everything it starts, together. Passing it is [`Limit::Cpu`].
    ///
    /// [`Limit::Cpu`]: crate::Limit::Cpu
    pub cpu: Duration,
    /// Time in which the program and everything it starts neither run nor wait for a CPU. Passing it is
    /// [`Limit::Stalled`].
    ///
    /// [`Limit::Stalled`]: crate::Limit::Stalled
    pub wall: Duration,
    /// Bytes of writable private memory, for each process; `None` for no limit. Above it, allocations
    /// fail, which ends a Rust program by `SIGABRT`. It is also the limit of all memory
    /// of the program and what it starts, together; passing that is [`Limit::Memory`].
    ///
    /// [`Limit::Memory`]: crate::Limit::Memory
    ///
    /// This is `RLIMIT_DATA`, not `RLIMIT_AS`: address space is also what is merely reserved, and glibc
    /// reserves 64 MiB for each thread's arena (mallopt(3), `M_ARENA_MAX`), so that a limit of 512 MiB on
    /// it would be a limit of some seven threads. Shared mappings count in neither.
    pub memory: Option<u64>,
    /// Processes and threads that may exist at once, zombies included. Passing it is [`Limit::Processes`].
    ///
    /// It is counted in samples, by the warden; where there is a control group, the kernel refuses what is far beyond, and says
    /// so. `RLIMIT_NPROC` cannot do it: it counts all tasks of the user on
    /// the whole machine, and does not bind root.
    ///
    /// [`Limit::Processes`]: crate::Limit::Processes
    pub processes: u32,
    /// Bytes on standard output, and as many on standard error. Passing it is [`Limit::Output`].
    ///
    /// [`Limit::Output`]: crate::Limit::Output
    pub output: u64,
    /// Bytes in answer to a request. Passing it is [`Limit::Reply`].
    ///
    /// [`Limit::Reply`]: crate::Limit::Reply
    pub reply: u64,
    /// Bytes in any one file that is written (`RLIMIT_FSIZE`). Passing it ends the program by `SIGXFSZ`,
    /// or, where it ignores that, fails its `write`.
    pub file_size: u64,
    /// One more than the highest descriptor of each process (`RLIMIT_NOFILE`).
    pub open_files: u64,
}

/// How many times as long as its limits a run may take in real time before the machine is to blame.
const BACKSTOP_FACTOR: u32 = 10;

impl Limits {
    /// The real time after which a run is given up as [`Limit::Starved`]: ten times the CPU limit and ten
    /// times the wall limit together.
    ///
    /// [`Limit::Starved`]: crate::Limit::Starved
    pub fn backstop(&self) -> Duration {
        self.cpu.saturating_add(self.wall).saturating_mul(BACKSTOP_FACTOR)
    }
}

impl Program {
    /// Refuses what could only be misunderstood further on.
    pub(crate) fn validate(&self) -> Result<(), Error> {
        for path in [&self.path, &self.cwd] {
            if !path.is_absolute() {
                return Err(Error::RelativePath(path.clone()));
            }
        }
        self.view.validate()?;
        for (name, _) in &self.env {
            if name.is_empty() || name.as_bytes().contains(&b'=') {
                return Err(Error::VariableName(name.clone()));
            }
        }
        let texts = [self.path.as_os_str(), self.cwd.as_os_str()]
            .into_iter()
            .chain(self.args.iter().map(OsString::as_os_str))
            .chain(
                self.env
                    .iter()
                    .flat_map(|(name, value)| [name.as_os_str(), value.as_os_str()]),
            );
        for text in texts {
            if text.as_bytes().contains(&0) {
                return Err(Error::NulByte(text.to_owned()));
            }
        }
        let limits = &self.limits;
        let senseless = [
            ("cpu", limits.cpu.is_zero()),
            ("wall", limits.wall.is_zero()),
            ("memory", limits.memory == Some(0)),
            ("processes", limits.processes == 0),
            ("open_files", limits.open_files == 0),
        ];
        match senseless.iter().find(|(_, zero)| *zero) {
            Some((name, _)) => Err(Error::ZeroLimit(name)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program() -> Program {
        Program {
            path: "/bin/true".into(),
            args: Vec::new(),
            env: Vec::new(),
            cwd: "/".into(),
            view: View::default(),
            network: Network::None,
            request: None,
            limits: Limits {
                cpu: Duration::from_secs(1),
                wall: Duration::from_secs(2),
                memory: None,
                processes: 1,
                output: 0,
                reply: 0,
                file_size: 0,
                open_files: 16,
            },
        }
    }

    #[test]
    fn nothing_at_all_is_a_limit_for_bytes() {
        assert!(program().validate().is_ok());
    }

    #[test]
    fn zero_is_refused_where_it_could_be_taken_for_no_limit() {
        type Spoil = fn(&mut Limits);
        let cases: [(&str, Spoil); 5] = [
            ("cpu", |limits| limits.cpu = Duration::ZERO),
            ("wall", |limits| limits.wall = Duration::ZERO),
            ("memory", |limits| limits.memory = Some(0)),
            ("processes", |limits| limits.processes = 0),
            ("open_files", |limits| limits.open_files = 0),
        ];
        for (name, spoil) in cases {
            let mut program = program();
            spoil(&mut program.limits);
            assert!(matches!(program.validate(), Err(Error::ZeroLimit(found)) if found == name));
        }
    }

    #[test]
    fn what_the_kernel_would_misread_is_refused() {
        type Spoil = fn(&mut Program);
        let cases: [(Spoil, &str); 5] = [
            (|program| program.path = "true".into(), "true"),
            (|program| program.cwd = "tmp".into(), "tmp"),
            (|program| program.args.push("a\0b".into()), "a\\0b"),
            (|program| program.env.push(("A=B".into(), "".into())), "A=B"),
            (|program| program.env.push(("".into(), "".into())), "empty"),
        ];
        for (spoil, named) in cases {
            let mut program = program();
            spoil(&mut program);
            let message = program.validate().unwrap_err().to_string();
            assert!(message.contains(named), "{message}");
        }
    }

    #[test]
    fn the_backstop_is_far_beyond_both_limits() {
        assert_eq!(program().limits.backstop(), Duration::from_secs(30));
    }
}
