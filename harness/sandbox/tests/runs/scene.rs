//! Programs to run, and the proof that nothing is left of them.

use std::{
    ffi::OsString,
    fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use kata_sandbox::{Ended, Error, Limits, Network, Program, View, Warden};
use tokio_util::sync::CancellationToken;

/// The variable that marks every process of one run.
pub(crate) const MARK: &str = "KATA_SANDBOX_TEST";

/// How long something that must happen may take on a very busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The executable that is warden, grader and misbehaving program.
pub(crate) fn executable() -> PathBuf {
    env!("CARGO_BIN_EXE_kata-sandbox-probe").into()
}

pub(crate) fn warden() -> Warden {
    Warden::at(executable())
}

/// One of the programs of `tests/probe`.
pub(crate) fn probe(args: &[&str]) -> Program {
    Program {
        path: executable(),
        args: args.iter().map(OsString::from).collect(),
        env: vec![(MARK.into(), new_mark().into())],
        cwd: "/".into(),
        view: View::default(),
        network: Network::None,
        request: None,
        limits: limits(),
    }
}

/// A shell script.
pub(crate) fn shell(script: &str) -> Program {
    let mut program = probe(&["-c", script]);
    program.path = "/bin/sh".into();
    program.env.push(("PATH".into(), "/usr/bin:/bin".into()));
    program
}

/// Limits that no well-behaved program of these tests comes near.
pub(crate) fn limits() -> Limits {
    Limits {
        cpu: Duration::from_secs(10),
        wall: Duration::from_secs(10),
        memory: Some(1 << 30),
        processes: 16,
        output: 10_000,
        reply: 10_000,
        file_size: 10_000,
        open_files: 64,
    }
}

/// Runs a program, and sees to it that nothing is left of it.
pub(crate) async fn run(program: &Program) -> Ended {
    try_run(program).await.expect("the program can be run")
}

pub(crate) async fn try_run(program: &Program) -> Result<Ended, Error> {
    let ended = warden().run(program, &CancellationToken::new()).await;
    assert_eq!(alive(&mark(program)), [0; 0], "these are left of {program:?}");
    ended
}

pub(crate) fn new_mark() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn mark(program: &Program) -> String {
    let (_, value) = program
        .env
        .iter()
        .find(|(name, _)| name == MARK)
        .expect("every program is marked");
    value.clone().into_string().expect("marks are ASCII")
}

/// The processes that carry this mark, zombies excepted: these have no environment any more.
pub(crate) fn alive(mark: &str) -> Vec<u32> {
    let variable = format!("{MARK}={mark}");
    let processes = fs::read_dir("/proc").expect("/proc is mounted");
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| {
            let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            environment
                .split(|byte| *byte == 0)
                .any(|found| found == variable.as_bytes())
        })
        .collect()
}

/// Waits until `condition` holds.
pub(crate) async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
