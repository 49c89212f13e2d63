//! Running the hidden tests: a process for each, as many at once as there are cores.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use kata_course::Test;
use kata_protocol::frame::{FRAME_CAP, Request};
use kata_sandbox::{Ended, How, Limits, Network, Program, View, Warden};
use tokio::{sync::Semaphore, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::Error;

/// A test's process, when it has ended.
pub(crate) struct Run {
    /// What it was asked.
    pub(crate) request: Request,
    /// How it ended.
    pub(crate) ended: Ended,
}

/// Room for the answer, and one byte more so that too long a one is known.
const REPLY_CAP: u64 = FRAME_CAP as u64;

/// The largest file that a test may write. None of them has a reason to.
const FILE_CAP: u64 = 16 << 20;

/// Descriptors of each process; enough for a thousand connections of its own.
const OPEN_FILES: u64 = 1024;

/// The kernel's limit stands this far above the counted one: stacks, arenas and the program itself are in it.
const MEMORY_BACKSTOP: u64 = 1 << 30;

/// Runs every test; the results are in the order of `tests`.
pub(crate) async fn run(
    program: &Path,
    tests: &[Test],
    folder: &Path,
    warden: &Warden,
    cancel: &CancellationToken,
    ended: impl Fn(usize),
) -> Result<Vec<Run>, Error> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let turns = Arc::new(Semaphore::new(cores));
    // When one cannot be run, the others need not go on.
    let cancel = cancel.child_token();
    let mut running = JoinSet::new();
    for (number, test) in tests.iter().enumerate() {
        let place = folder.join(format!("test-{number}"));
        fs::create_dir(&place).map_err(|source| Error::Cache {
            folder: folder.to_owned(),
            source,
        })?;
        let one = One {
            request: request(test).map_err(|source| Error::NoSecret { source })?,
            program: program.to_owned(),
            limits: limits(test),
            place,
            warden: warden.clone(),
            cancel: cancel.clone(),
        };
        let turns = Arc::clone(&turns);
        running.spawn(async move {
            let _turn = turns.acquire().await;
            (number, one.run().await)
        });
    }
    let mut runs: Vec<Option<Run>> = tests.iter().map(|_| None).collect();
    let mut failed = None;
    while let Some(joined) = running.join_next().await {
        match joined {
            Ok((number, Ok(run))) => {
                runs[number] = Some(run);
                ended(runs.iter().flatten().count());
            }
            Ok((_, Err(error))) => {
                cancel.cancel();
                failed.get_or_insert(error);
            }
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(runs.into_iter().flatten().collect()),
    }
}

/// All that one test's run needs.
struct One {
    request: Request,
    program: PathBuf,
    limits: Limits,
    place: PathBuf,
    warden: Warden,
    cancel: CancellationToken,
}

impl One {
    async fn run(self) -> Result<Run, Error> {
        let program = Program {
            path: self.program,
            args: Vec::new(),
            env: [("PATH", "/usr/bin:/bin"), ("LC_ALL", "C.UTF-8")]
                .map(|(name, value)| (name.into(), value.into()))
                .to_vec(),
            cwd: self.place,
            // Nothing to read but the system's libraries, nothing to write at all.
            view: View::default(),
            network: Network::None,
            request: Some(self.request.to_line()),
            limits: self.limits,
        };
        let ended = self.warden.run(&program, &self.cancel).await?;
        match ended.how {
            How::Cancelled => Err(Error::Interrupted),
            _ => Ok(Run {
                request: self.request,
                ended,
            }),
        }
    }
}

fn limits(test: &Test) -> Limits {
    let limits = &test.limits;
    Limits {
        cpu: limits.cpu,
        wall: limits.wall,
        memory: Some(limits.memory.saturating_mul(2).saturating_add(MEMORY_BACKSTOP)),
        // The test counts its own threads, to the one. What is seen from outside may be more: those that have just ended.
        processes: limits.processes.saturating_mul(2),
        output: limits.output,
        reply: REPLY_CAP,
        file_size: FILE_CAP,
        open_files: OPEN_FILES,
    }
}

fn request(test: &Test) -> io::Result<Request> {
    let mut secret = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut secret)?;
    let nonce = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Request {
        nonce,
        test: test.name.clone(),
        memory: test.limits.memory,
        threads: test.limits.processes,
        caps: test.caps,
    })
}
