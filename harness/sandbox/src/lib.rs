//! Runs one program with limits, and says how it ended; whatever it starts dies with it.
//!
//! ```no_run
//! # use std::{path::PathBuf, time::Duration};
//! # use kata_sandbox::{How, Limits, Network, Program, View, Warden};
//! # use tokio_util::sync::CancellationToken;
//! # async fn example() -> Result<(), kata_sandbox::Error> {
//! let program = Program {
//!     path: PathBuf::from("/bin/sh"),
//!     args: vec!["-c".into(), "echo hi; sleep 600 &".into()],
//!     env: Vec::new(),
//!     cwd: PathBuf::from("/"),
//!     view: View::default(),
//!     network: Network::None,
//!     request: None,
//!     limits: Limits {
//!         cpu: Duration::from_secs(10),
//!         wall: Duration::from_secs(20),
//!         memory: Some(512 << 20),
//!         processes: 64,
//!         output: 256 << 10,
//!         reply: 0,
//!         file_size: 16 << 20,
//!         open_files: 256,
//!     },
//! };
//! let ended = Warden::this_executable().run(&program, &CancellationToken::new()).await?;
//! assert_eq!(ended.how, How::Exited(0)); // at once: nobody waits for the `sleep`,
//! assert_eq!(ended.stdout.bytes, b"hi\n");
//! assert_eq!(ended.left_behind, 1); // which is dead by now
//! # Ok(())
//! # }
//! ```
//!
//! # Three processes
//!
//! ```text
//!   grader ──────── socket ──────── warden ──── pipes, socket ──── program ── whatever it starts
//!   Warden::run     Program  →      serve_if_warden                own session, limits
//!   (many at once)        ←  Ended  one for each run
//! ```
//!
//! Only a process's parent learns how it ended, and only a *child subreaper* inherits the orphans below it.
//! A grader runs many programs at once from many threads, so neither job can be its own: for each run it
//! starts its own executable again as a **warden**, a process with one thread and one loop. The warden
//! starts the program, moves its bytes, watches its limits, and in the end kills and reaps every
//! descendant until the kernel says that there is none. Then it reports, and ends.
//!
//! The first line of the grader's `main`, before any thread is started, is therefore:
//!
//! ```no_run
//! # use std::process::ExitCode;
//! fn main() -> ExitCode {
//!     if let Some(code) = kata_sandbox::serve_if_warden() {
//!         return code;
//!     }
//!     // … the program proper
//! #   ExitCode::SUCCESS
//! }
//! ```
//!
//! # What is promised
//!
//! - When [`Warden::run`] returns, nothing that the program started runs any more: no grandchild, no daemon
//!   that forked twice and made a session of its own.
//! - It returns within the limits, without the program's cooperation: pipes held open, ignored signals,
//!   `SIGSTOP`, floods and fork bombs delay nothing.
//! - When the grader goes away, even by `SIGKILL`, the socket closes, and the warden ends everything.
//! - The program gets the arguments, the environment and the three descriptors that [`Program`] names, with
//!   default signal dispositions and an empty signal mask, and nothing else.
//! - [`Ended`] depends on what the program did, and as little as can be on when: see below.
//!
//! # Time without luck
//!
//! Three clocks run, so that a busy machine fails nobody:
//!
//! | clock | what it counts | limit | verdict on |
//! | --- | --- | --- | --- |
//! | CPU | CPU time of the program and of everything it started | [`Limits::cpu`] | the program |
//! | stalled | time in which no thread of the tree ran *or waited for a CPU* | [`Limits::wall`] | the program |
//! | real | time | [`Limits::backstop`] | the machine |
//!
//! A deadlock stalls; so does a loop that sleeps and looks. A thread that its neighbours keep from the CPU
//! does not. How it is measured, and what the kernel's figures were seen to be, stands in
//! `warden/clocks.rs`.
//!
//! Whatever can be decided from totals is decided from totals when everything is dead: too much output, too
//! much CPU time, processes left behind. A program that passes a limit and then ends quickly is told the
//! same as one that is caught in the act.
//!
//! # What is not promised
//!
//! Limits are not walls. Without [layers](Layer), the program runs as the grader's own user: it can read and write that user's
//! files, use the network, and send signals to the grader and to the warden ([`Error::WardenLost`] is what
//! follows, and a descendant that left the session may then live on). [`Confinement::find`] says which layers hold here,
//! [`Warden::with_layers`] puts them up.
//!
//! Without [`Layer::ControlGroups`], the memory of the tree is seen in samples, and so are processes everywhere but in a
//! run that is [watched](Warden::watch): a burst that is over between two of them is not seen.
//!
//! Linux 5.11 or newer is needed, with `/proc` mounted; for [`Layer::Namespaces`], 5.12.

#[cfg(not(target_os = "linux"))]
compile_error!(
    "kata-sandbox runs on Linux only: it needs child subreapers, pidfds and /proc. \
     On other systems, run kata in a Linux container or virtual machine"
);

mod attack;
mod confinement;
mod ended;
mod error;
mod host;
mod program;
mod trial;
mod view;
mod warden;
mod wire;

pub use attack::Attack;
pub use confinement::{Layer, Layers, Tier};
pub use ended::{Captured, Doing, Ended, How, Limit, ProcessRecord, ThreadState};
pub use error::Error;
pub use host::Warden;
pub use program::{Limits, Program};
pub use trial::{Confinement, Found, Trial};
pub use view::{Network, View};
pub use warden::serve_if_warden;
