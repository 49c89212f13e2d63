//! Attacks that a program must not succeed with: how a machine shows which layers it has.
//!
//! No version number says whether a layer holds: kernels are built without things, containers take them away, and distributions forbid them. So
//! each layer is put up alone, around a process that then does what the layer is there to stop.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream, UdpSocket},
    os::{
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr as UnixAddr, UnixStream},
    },
    path::PathBuf,
};

use rustix::process::{Pid, test_kill_process};
use serde::{Deserialize, Serialize};

use crate::{
    Layer,
    warden::system::{self, Harmless},
};

/// Something that a submission must not get done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attack {
    /// Reads a file of the grader's user.
    ReadFile,
    /// Writes into a folder of the grader's user.
    WriteFile,
    /// Finds a process that is not its own in `/proc`.
    FindProcess,
    /// Sends a signal to a process that is not its own.
    Signal,
    /// Connects to a TCP server of the machine.
    Tcp,
    /// Sends a datagram to a UDP socket of the machine.
    Udp,
    /// Connects to an abstract unix socket of another process.
    AbstractSocket,
    /// Opens a socket.
    Socket,
    /// Looks into another process with `ptrace`.
    Trace,
    /// Reads another process's memory.
    ReadMemory,
    /// Makes a user namespace, in which it would be root.
    NewNamespaces,
    /// Uses the kernel's key rings, which outlive a process.
    Keys,
    /// Makes an `io_uring`, `bpf` or `userfaultfd`: doors into the kernel.
    KernelDoors,
    /// Takes more memory than the limit, by several processes that each take less.
    Memory,
}

impl Attack {
    /// Every attack.
    pub const ALL: [Attack; 14] = [
        Attack::ReadFile,
        Attack::WriteFile,
        Attack::FindProcess,
        Attack::Signal,
        Attack::Tcp,
        Attack::Udp,
        Attack::AbstractSocket,
        Attack::Socket,
        Attack::Trace,
        Attack::ReadMemory,
        Attack::NewNamespaces,
        Attack::Keys,
        Attack::KernelDoors,
        Attack::Memory,
    ];

    /// What is tried, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Attack::ReadFile => "read a file of yours",
            Attack::WriteFile => "wrote into a folder of yours",
            Attack::FindProcess => "looked for your processes in /proc",
            Attack::Signal => "sent a signal to kata",
            Attack::Tcp => "connected to a TCP server on this machine",
            Attack::Udp => "sent a UDP datagram to this machine",
            Attack::AbstractSocket => "connected to an abstract unix socket",
            Attack::Socket => "opened a socket",
            Attack::Trace => "looked into a process with ptrace",
            Attack::ReadMemory => "read the memory of kata",
            Attack::NewNamespaces => "made namespaces to be root in",
            Attack::Keys => "used the kernel's key rings",
            Attack::KernelDoors => "opened io_uring, bpf and userfaultfd",
            Attack::Memory => "took more memory than the limit with several processes",
        }
    }

    /// The attacks that this layer stops when it stands alone. None for those that hold everywhere.
    pub const fn stopped_by(layer: Layer) -> &'static [Attack] {
        match layer {
            Layer::ControlGroups => &[Attack::Memory],
            Layer::Namespaces => &[
                Attack::ReadFile,
                Attack::WriteFile,
                Attack::FindProcess,
                Attack::Signal,
                Attack::Tcp,
                Attack::Udp,
                Attack::AbstractSocket,
            ],
            Layer::OtherUser => &[Attack::ReadFile, Attack::WriteFile, Attack::Signal],
            Layer::Landlock => &[
                Attack::ReadFile,
                Attack::WriteFile,
                Attack::FindProcess,
                Attack::Signal,
                Attack::AbstractSocket,
            ],
            Layer::Seccomp => &[
                Attack::Socket,
                Attack::Trace,
                Attack::ReadMemory,
                Attack::NewNamespaces,
                Attack::Keys,
                Attack::KernelDoors,
            ],
            Layer::Session | Layer::Limits => &[],
        }
    }
}

/// What there is to be attacked: all of it planted by the grader, and reachable without layers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Targets {
    /// A file that only the grader's user may read.
    pub(crate) secret: PathBuf,
    /// A folder that only the grader's user may write.
    pub(crate) folder: PathBuf,
    /// A TCP server that listens.
    pub(crate) tcp: SocketAddr,
    /// A UDP socket.
    pub(crate) udp: SocketAddr,
    /// The name of an abstract unix socket that is listened on.
    pub(crate) name: String,
}

/// What to attack, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Plan {
    pub(crate) attacks: Vec<Attack>,
    pub(crate) targets: Targets,
}

/// What came of an attack: `None` when it succeeded, else what the kernel said.
pub(crate) type Outcome = (Attack, Option<String>);

/// Carries the plan out, writes the outcomes to standard output, and ends the process.
///
/// `outside` is the number that a process outside has there.
pub(crate) fn carry_out(plan: &Plan, outside: Pid) -> ! {
    let outcomes: Vec<Outcome> = plan
        .attacks
        .iter()
        .map(|attack| {
            let stopped = attack.try_it(&plan.targets, outside).err();
            (*attack, stopped.map(|error| error.to_string()))
        })
        .collect();
    let told = serde_json::to_vec(&outcomes).unwrap_or_default();
    let written = File::from(
        rustix::stdio::stdout()
            .try_clone_to_owned()
            .unwrap_or_else(|_| system::exit(1)),
    )
    .write_all(&told);
    system::exit(i32::from(written.is_err()))
}

impl Attack {
    fn try_it(self, targets: &Targets, outside: Pid) -> io::Result<()> {
        match self {
            Attack::ReadFile => fs::read(&targets.secret).map(drop),
            Attack::WriteFile => fs::write(targets.folder.join(self.words()), "x"),
            Attack::FindProcess => fs::metadata(format!("/proc/{}/stat", outside.as_raw_pid()))
                .and_then(|_| fs::read(format!("/proc/{}/stat", outside.as_raw_pid())).map(drop)),
            Attack::Signal => Ok(test_kill_process(outside)?),
            Attack::Tcp => TcpStream::connect(targets.tcp).map(drop),
            Attack::Udp => UdpSocket::bind("127.0.0.1:0")?
                .send_to(b"x", targets.udp)
                .map(drop),
            Attack::AbstractSocket => {
                UnixStream::connect_addr(&UnixAddr::from_abstract_name(&targets.name)?).map(drop)
            }
            Attack::Socket => UdpSocket::bind("127.0.0.1:0").map(drop),
            // Not to attach, which would stop a process of the grader's where it succeeds, and which Yama and another user refuse
            // with the filter's own error: looking into a process that is not traced fails otherwise.
            Attack::Trace => refused(&[Harmless::Peek(outside)]),
            Attack::ReadMemory => refused(&[Harmless::ReadMemory(outside), Harmless::WriteMemory(outside)]),
            Attack::NewNamespaces => refused(&[Harmless::NewUserNamespace, Harmless::EnterNamespace]),
            Attack::Keys => refused(&[Harmless::KeyRing, Harmless::AddKey]),
            Attack::KernelDoors => refused(&[
                Harmless::IoUring,
                Harmless::Bpf,
                Harmless::UserFaults,
                Harmless::PerfEvent,
                Harmless::MemoryFile,
            ]),
            Attack::Memory => take_memory(),
        }
    }
}

/// Fails when all of these are refused as not permitted, which no other error is: some kernels do not have them all, and
/// what they say then stands for nothing.
fn refused(calls: &[Harmless]) -> io::Result<()> {
    let mut last = None;
    for call in calls {
        match system::try_call(*call) {
            Err(error) if error.raw_os_error() == Some(libc::EPERM) => last = Some(error),
            _ => return Ok(()),
        }
    }
    last.map_or(Ok(()), Err)
}

/// How many processes take memory, and how much each: each less than [`MEMORY_LIMIT`], all together more.
const TAKERS: usize = 4;
const TAKEN: usize = 40 << 20;

/// The limit of memory for this attack, in bytes.
pub(crate) const MEMORY_LIMIT: u64 = 96 << 20;

/// Takes memory and holds it until every taker has its own.
fn take_memory() -> io::Result<()> {
    let (mut all_there, everybody) = io::pipe()?;
    let (hold, mut let_go) = io::pipe()?;
    let mut children = Vec::new();
    for _ in 0..TAKERS {
        match system::fork()? {
            Some(child) => children.push(child),
            None => {
                let taken = vec![1_u8; TAKEN];
                let _ = (&everybody).write_all(&taken[TAKEN - 1..]);
                drop((everybody, let_go));
                let _ = (&hold).read(&mut [0]);
                system::exit(0);
            }
        }
    }
    drop(everybody);
    let mut there = Vec::new();
    let _ = all_there.read_to_end(&mut there).map(drop);
    let _ = let_go.write_all(&[0; TAKERS]);
    let mut killed = false;
    for child in children {
        let status = rustix::process::waitpid(Some(child), rustix::process::WaitOptions::empty())?;
        killed |= status.is_none_or(|(_, status)| status.signaled());
    }
    match killed {
        true => Err(io::ErrorKind::OutOfMemory.into()),
        false => Ok(()),
    }
}
