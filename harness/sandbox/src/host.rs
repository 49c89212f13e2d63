//! The grader's side of a run.

use std::{
    convert::Infallible,
    ffi::OsStr,
    future, io,
    os::{fd::OwnedFd, unix::net::UnixStream as StdStream},
    path::PathBuf,
    process::Stdio,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixStream, unix::OwnedReadHalf, unix::OwnedWriteHalf},
    process::{Child, Command},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    Captured, Ended, Error, How, Program,
    confinement::{self, Layers},
    warden,
    wire::{self, Order},
};

/// How long after the backstop a report is still waited for: by then only a warden that was itself stopped
/// has none.
const GRACE: Duration = Duration::from_secs(5);

/// How long a silent warden may take to end its tree before it is killed, and with it what could end the
/// rest of the tree.
const LAST_CHANCE: Duration = Duration::from_secs(30);

/// Runs programs. It is cheap, holds nothing, and can be used from many tasks at once.
#[derive(Clone, Debug)]
pub struct Warden {
    executable: PathBuf,
    layers: Layers,
}

impl Warden {
    /// A warden that is this very executable, whose `main` must begin with
    /// [`serve_if_warden`](crate::serve_if_warden).
    ///
    /// The kernel finds it by inode, through `/proc/self/exe`, so that it is still this one when its file
    /// has been replaced or removed, as an update or a build does.
    pub fn this_executable() -> Self {
        Warden::at("/proc/self/exe")
    }

    /// A warden that is another executable, whose `main` begins with
    /// [`serve_if_warden`](crate::serve_if_warden): for tests, whose `main` is not their own.
    pub fn at(executable: impl Into<PathBuf>) -> Self {
        Warden {
            executable: executable.into(),
            layers: confinement::everywhere(),
        }
    }

    /// The same, which puts up these layers, and those that hold everywhere, around whatever it runs. Where one of them cannot be put
    /// up, the run fails. [`Confinement::find`](crate::Confinement::find) says which ones can.
    #[must_use]
    pub fn with_layers(mut self, layers: &Layers) -> Self {
        self.layers.extend(layers);
        self
    }

    /// The layers that it puts up.
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// Runs `program` to its end, and ends everything that it started.
    ///
    /// When `cancel` is cancelled, the run ends as [`How::Cancelled`]. When the future is dropped, the
    /// program is ended all the same, without anybody waiting for it.
    ///
    /// Needs a tokio runtime with time and I/O enabled, on a clock that is not paused.
    ///
    /// # Errors
    ///
    /// When the program cannot be started as described, or when the watch over it fails. How a program
    /// that was started ended is never an error.
    pub async fn run(&self, program: &Program, cancel: &CancellationToken) -> Result<Ended, Error> {
        let order = Order {
            program: program.clone(),
            layers: self.layers.clone(),
            watch: false,
            attack: None,
        };
        self.carry_out(&order, cancel).await
    }

    /// The same, and watches the processes of the program: [`Ended::processes`] is a list of them all, however short they were.
    ///
    /// A process that comes to its end is held there until no other process can move, so that who is alive at the same time does not
    /// depend on how fast anything is. For as long as one is held, nothing stalls ([`Limits::wall`](crate::Limits::wall)). While it is watched, a program cannot be stopped by `SIGSTOP`.
    ///
    /// # Errors
    ///
    /// As [`Warden::run`], and where the system lets nobody trace (`kernel.yama.ptrace_scope` is 3).
    pub async fn watch(&self, program: &Program, cancel: &CancellationToken) -> Result<Ended, Error> {
        let order = Order {
            program: program.clone(),
            layers: self.layers.clone(),
            watch: true,
            attack: None,
        };
        self.carry_out(&order, cancel).await
    }

    pub(crate) async fn carry_out(&self, order: &Order, cancel: &CancellationToken) -> Result<Ended, Error> {
        let program = &order.program;
        program.validate()?;
        let (mut warden, socket) = self.start()?;
        let (mut from_warden, to_warden) = socket.into_split();

        let patience = program.limits.backstop().saturating_add(GRACE);
        let report = tokio::select! {
            report = timeout(patience, receive(&mut from_warden)) => report,
            never = conduct(to_warden, order, cancel) => match never {},
        };
        let Ok(report) = report else {
            return Err(give_up(&mut warden, &mut from_warden).await);
        };
        let status = warden.wait().await;
        match (wire::read_report(&report[..]), status) {
            (Ok(Ok(ended)), _) => Ok(ended),
            (Ok(Err(fault)), _) => Err(fault_of(fault, program)),
            // The order was cut short by the cancellation, so there was nothing to report.
            (Err(_), Ok(status)) if cancel.is_cancelled() && status.success() => Ok(cancelled()),
            (Err(_), Ok(status)) => Err(Error::WardenLost(status)),
            (Err(_), Err(source)) => Err(self.unreachable(source)),
        }
    }

    /// Starts a warden, in a process group of its own: a terminal's Ctrl-C is for the grader, which then
    /// decides.
    fn start(&self) -> Result<(Child, UnixStream), Error> {
        let connect = || {
            let (ours, theirs) = StdStream::pair()?;
            ours.set_nonblocking(true)?;
            let warden = Command::new(&self.executable)
                .arg0(warden::NAME)
                .arg(OsStr::new(warden::ARGUMENT))
                .stdin(OwnedFd::from(theirs))
                .stdout(Stdio::null())
                .stderr(Stdio::inherit())
                .process_group(0)
                .spawn()?;
            Ok((warden, UnixStream::from_std(ours)?))
        };
        connect().map_err(|source| self.unreachable(source))
    }

    fn unreachable(&self, source: io::Error) -> Error {
        Error::NoWarden {
            executable: self.executable.clone(),
            source,
        }
    }
}

/// Gives the order and, when the run is cancelled, closes this side of the socket, which the warden takes
/// for the sign to end. The report ends the run, never this.
async fn conduct(mut to_warden: OwnedWriteHalf, order: &Order, cancel: &CancellationToken) -> Infallible {
    let order = async {
        // An error here means that the warden is gone, which the reading side is told as well.
        let _ = to_warden.write_all(&wire::pack_order(order)).await;
        future::pending().await
    };
    tokio::select! {
        () = cancel.cancelled() => {}
        never = order => match never {},
    }
    drop(to_warden);
    future::pending().await
}

/// Reads until the warden has closed its side. An error ends the report as well: it is how a socket says
/// that the other side was closed before it had read everything.
async fn receive(from_warden: &mut OwnedReadHalf) -> Vec<u8> {
    let mut report = Vec::new();
    let _ = from_warden.read_to_end(&mut report).await;
    report
}

/// Ends a warden that is silent long after the backstop. Its side of the socket is closed by now; a warden
/// that was merely stopped ends its program as soon as it goes on.
async fn give_up(warden: &mut Child, from_warden: &mut OwnedReadHalf) -> Error {
    if let Some(pid) = warden.id().and_then(|id| Pid::from_raw(id.cast_signed())) {
        // The warden has not been waited for, so the number is still its own.
        let _ = kill_process(pid, Signal::CONT);
    }
    let _ = timeout(LAST_CHANCE, receive(from_warden)).await;
    let _ = warden.kill().await;
    Error::WardenSilent
}

fn fault_of(fault: wire::Fault, program: &Program) -> Error {
    let path = program.path.clone();
    match fault {
        wire::Fault::Refused { doing, errno } => Error::Refused {
            doing,
            source: io::Error::from_raw_os_error(errno),
        },
        wire::Fault::NotStarted(errno) => match errno {
            libc::ENOENT | libc::ENOTDIR if !program.cwd.is_dir() => Error::NoFolder(program.cwd.clone()),
            libc::ENOENT | libc::ENOTDIR => Error::NoProgram(path),
            libc::EACCES | libc::ENOEXEC => Error::NotExecutable {
                path,
                source: io::Error::from_raw_os_error(errno),
            },
            _ => Error::NotStarted {
                path,
                source: io::Error::from_raw_os_error(errno),
            },
        },
    }
}

/// What there is to say of a program that was cancelled before it started.
fn cancelled() -> Ended {
    Ended {
        how: How::Cancelled,
        cpu: Duration::ZERO,
        wall: Duration::ZERO,
        peak_memory: 0,
        left_behind: 0,
        stdout: Captured::default(),
        stderr: Captured::default(),
        reply: Vec::new(),
        threads: Vec::new(),
        processes: Vec::new(),
    }
}
