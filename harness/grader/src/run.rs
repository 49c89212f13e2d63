//! Running the hidden tests: a process for each, as many at once as there are cores.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use kata_course::Test;
use kata_protocol::{
    frame::{FRAME_CAP, Reply, Request},
    program::{End, Launch, Process, Ran},
};
use kata_sandbox::{Captured, Ended, How, Limits, Network, ProcessRecord, View, Warden};
use tokio::{sync::Semaphore, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{Error, program::Program};

/// A test's process, when it has ended.
pub(crate) struct Run {
    /// What it was asked.
    pub(crate) request: Request,
    /// How it ended.
    pub(crate) ended: Ended,
    /// The last run of the learner's program, where that is what the test judges.
    pub(crate) subject: Option<Ended>,
}

/// Room for the answer, and one byte more so that too long a one is known.
const REPLY_CAP: u64 = FRAME_CAP as u64;

/// The largest file that a test may write. None of them has a reason to.
const FILE_CAP: u64 = 16 << 20;

/// Descriptors of each process: enough for a hundred connections with itself, and few enough that not even all processes of some tests, each with
/// all that it may open, leave the machine without.
const OPEN_FILES: u64 = 256;

/// The kernel's limit stands this far above the counted one: stacks, arenas and the program itself are in it.
const MEMORY_BACKSTOP: u64 = 1 << 30;

/// Runs every test; the results are in the order of `tests`.
pub(crate) async fn run(
    program: &Program,
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
            program: program.path.clone(),
            subject: program.subject.clone(),
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
    /// The learner's own program.
    subject: Option<PathBuf>,
    limits: Limits,
    place: PathBuf,
    warden: Warden,
    cancel: CancellationToken,
}

impl One {
    async fn run(mut self) -> Result<Run, Error> {
        let mut subject = None;
        loop {
            let judge = self.sandboxed(
                self.program.clone(),
                Vec::new(),
                Some(self.request.to_line()),
                REPLY_CAP,
            );
            let ended = self.warden.run(&judge, &self.cancel).await?;
            if ended.how == How::Cancelled {
                return Err(Error::Interrupted);
            }
            let (Some(launch), Some(path)) = (wanted(&ended, &self.request), &self.subject) else {
                return Ok(self.over(ended, subject));
            };
            let args = launch.args.iter().map(Into::into).collect();
            let program = self.sandboxed(path.clone(), args, Some(launch.stdin.clone().into_bytes()), 0);
            let ran = self.warden.watch(&program, &self.cancel).await?;
            match ran.how {
                How::Cancelled => return Err(Error::Interrupted),
                // What has passed a limit is judged by that.
                How::Stopped(_) => return Ok(self.over(ended, Some(ran))),
                How::Exited(_) | How::Signalled(_) => self.request.runs.push(told(launch, &ran)),
            }
            subject = Some(ran);
        }
    }

    fn over(self, ended: Ended, subject: Option<Ended>) -> Run {
        Run {
            request: self.request,
            ended,
            subject,
        }
    }

    /// A program as every one of a test is run: nothing to read but the system's libraries, nothing to write at all.
    fn sandboxed(
        &self,
        path: PathBuf,
        args: Vec<OsString>,
        request: Option<Vec<u8>>,
        reply: u64,
    ) -> kata_sandbox::Program {
        kata_sandbox::Program {
            path,
            args,
            env: [("PATH", "/usr/bin:/bin"), ("LC_ALL", "C.UTF-8")]
                .map(|(name, value)| (name.into(), value.into()))
                .to_vec(),
            cwd: self.place.clone(),
            view: View::default(),
            network: Network::None,
            request,
            limits: Limits {
                reply,
                ..self.limits.clone()
            },
        }
    }
}

/// The run that a test cannot go on without, if that is its answer. A judge that asks for too many has said so itself.
fn wanted(ended: &Ended, request: &Request) -> Option<Launch> {
    match Reply::read(&ended.reply, request) {
        Reply::Answer(frame) => frame.outcome.wanted.map(|launch| *launch),
        Reply::Nothing | Reply::Forged(_) => None,
    }
}

/// What the test is told of a run.
fn told(launch: Launch, ran: &Ended) -> Ran {
    let text = |captured: &Captured| String::from_utf8_lossy(&captured.bytes).into_owned();
    Ran {
        launch,
        stdout: text(&ran.stdout),
        stderr: text(&ran.stderr),
        processes: processes(ran),
        cpu_ns: ran
            .processes
            .iter()
            .map(|process| u64::try_from(process.cpu.as_nanos()).unwrap_or(u64::MAX))
            .collect(),
    }
}

/// The processes of a run, without what is different each time.
pub(crate) fn processes(ran: &Ended) -> Vec<Process> {
    let end = |how| match how {
        How::Exited(code) => Some(End::Exited(code)),
        How::Signalled(signal) => Some(End::Signalled(signal)),
        How::Stopped(_) | How::Cancelled => None,
    };
    let process = |record: &ProcessRecord| Process {
        parent: record.parent,
        began: record.began,
        ended: record.ended,
        end: record.how.and_then(end),
    };
    ran.processes.iter().map(process).collect()
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
        reply: 0,
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
        runs: Vec::new(),
    })
}
