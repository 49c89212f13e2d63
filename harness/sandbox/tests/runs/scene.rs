//! Programs to run, and the proof that nothing is left of them.

use std::{
    ffi::OsString,
    fs,
    path::PathBuf,
    process::{self, Command},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use kata_sandbox::{Confinement, Ended, Error, Layer, Layers, Limits, Network, Program, View, Warden};
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
    try_run_inside(&Layers::new(), program).await
}

/// Runs a program inside these layers, and sees to it that nothing is left of it.
pub(crate) async fn run_inside(layers: &Layers, program: &Program) -> Ended {
    let ended = try_run_inside(layers, program).await;
    ended.unwrap_or_else(|error| panic!("{program:?} cannot be run inside {layers:?}: {error:?}"))
}

async fn try_run_inside(layers: &Layers, program: &Program) -> Result<Ended, Error> {
    let warden = warden().with_layers(layers);
    let ended = warden.run(program, &CancellationToken::new()).await;
    assert_eq!(alive(&mark(program)), [0; 0], "these are left of {program:?}");
    ended
}

/// How programs are confined here, as the probe finds it.
pub(crate) fn confinement() -> &'static Confinement {
    static FOUND: LazyLock<Confinement> = LazyLock::new(|| {
        let trial = Command::new(executable()).arg("trial").output();
        let told = trial.expect("the probe can be started").stdout;
        serde_json::from_slice(&told).expect("the probe tells what it found")
    });
    &FOUND
}

/// Whether this layer holds here. Says so where it does not, for the test is then skipped.
pub(crate) fn holds(layer: Layer) -> bool {
    let holds = confinement().layers.contains(&layer);
    if !holds {
        println!("skipped: {layer} cannot be had here: {:?}", confinement().trials);
    }
    holds
}

/// Every layer that holds here.
pub(crate) fn all_layers() -> Layers {
    confinement().layers.clone()
}

/// Each layer that holds here by itself, then all of them.
pub(crate) fn each_alone_and_all() -> Vec<Layers> {
    let all = all_layers();
    let alone = all.iter().map(|layer| Layers::from([*layer]));
    alone.chain([all.clone()]).collect()
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A line of `/proc/PID/status`, without its name.
pub(crate) fn status(pid: u32, name: &str) -> String {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("the process is there");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.expect("there is such a line").trim().to_owned()
}

pub(crate) fn parent(pid: u32) -> u32 {
    status(pid, "PPid").parse().expect("it is a number")
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
