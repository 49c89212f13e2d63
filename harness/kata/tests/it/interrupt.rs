//! Ctrl-C, kill -9, and several checks at once.

use std::{
    fs,
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use rustix::process::{Pid, Signal, kill_process};

use crate::fixture::Fixture;

fn start(fixture: &Fixture, prepare: impl FnOnce(&mut std::process::Command)) -> Child {
    let mut kata = fixture.command();
    kata.args(["check", "demo", "--no-cache"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    prepare(&mut kata);
    kata.spawn().unwrap()
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

/// How long something sleeps, in seconds: for longer than any test takes, and nothing else sleeps for so long.
fn forever() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("600.{:07}{number:03}", std::process::id())
}

/// A submission that lets a program sleep for so long, and then never ends.
fn never_ends(seconds: &str) -> String {
    format!(
        "pub fn answer() -> u32 {{\n    std::process::Command::new(\"sleep\").arg({seconds:?}).spawn().unwrap();\n    \
         loop {{ std::thread::park() }}\n}}\n"
    )
}

/// Waits until something sleeps for so long.
fn sleeps(seconds: &str) {
    let argument = |bytes: Vec<u8>| {
        bytes
            .split(|byte| *byte == 0)
            .any(|word| word == seconds.as_bytes())
    };
    until(|| {
        let mut processes = fs::read_dir("/proc").unwrap().flatten();
        processes.any(|process| fs::read(process.path().join("cmdline")).is_ok_and(argument))
    });
}

/// Lifts the limits, so that only a signal can be the end.
fn without_limits(fixture: &Fixture) {
    let file = fixture.course().join("course.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"1s\"", "\"600s\"")).unwrap();
}

#[test]
fn ctrl_c_during_a_run_leaves_nothing() {
    for asked in [Signal::INT, Signal::TERM] {
        let fixture = Fixture::new();
        without_limits(&fixture);
        let seconds = forever();
        fixture.submit("demo", never_ends(&seconds));
        let child = start(&fixture, |_| ());
        sleeps(&seconds);
        signal(&child, asked);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("interrupted"));
        fixture.assert_nothing_is_left();
    }
}

/// A compiler that never ends.
fn compiler_that_hangs(fixture: &Fixture, seconds: &str) -> PathBuf {
    let sysroot = fixture.course().join("sysroot");
    let bin = sysroot.join("bin");
    fs::create_dir_all(&bin).unwrap();
    script(&bin.join("rustc"), &format!("exec sleep {seconds}"));
    let rustc = fixture.course().join("rustc");
    script(
        &rustc,
        &format!(
            "case $1 in -vV) exec rustc -vV;; *) echo {};; esac",
            sysroot.display()
        ),
    );
    rustc
}

fn script(path: &Path, body: &str) {
    fs::write(path, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn ctrl_c_during_a_compile_leaves_nothing() {
    let fixture = Fixture::new();
    let seconds = forever();
    let rustc = compiler_that_hangs(&fixture, &seconds);
    let child = start(&fixture, |kata| {
        kata.env("RUSTC", rustc);
    });
    sleeps(&seconds);
    signal(&child, Signal::INT);
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
    fixture.assert_nothing_is_left();
}

#[test]
fn kill_9_leaves_no_process_and_the_next_check_sweeps_up() {
    let fixture = Fixture::new();
    without_limits(&fixture);
    let seconds = forever();
    fixture.submit("demo", never_ends(&seconds));
    let child = start(&fixture, |_| ());
    sleeps(&seconds);
    signal(&child, Signal::KILL);
    // The wardens hold the other ends of these pipes no longer than they live; the test's processes go first.
    assert_eq!(child.wait_with_output().unwrap().status.signal(), Some(9));
    until(|| processes_in(&fixture.cache()) == 0);
    fixture.solve("demo");
    fixture.kata(&["check", "demo"]).assert().success();
    fixture.assert_nothing_is_left();
}

/// Waits for something that is bound to happen; the machine's own watchdog ends a wait that is in vain.
fn until(happened: impl Fn() -> bool) {
    while !happened() {
        thread::yield_now();
    }
}

fn processes_in(folder: &Path) -> usize {
    let folder = folder.canonicalize().unwrap();
    let cwds = fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .map(|process| fs::read_link(process.path().join("cwd")));
    cwds.flatten().filter(|cwd| cwd.starts_with(&folder)).count()
}

#[test]
fn two_checks_of_one_exercise_at_once() {
    let fixture = Fixture::new();
    let both = [start(&fixture, |_| ()), start(&fixture, |_| ())];
    let answers = both.map(|child| child.wait_with_output().unwrap());
    assert_eq!(
        answers.each_ref().map(|answer| answer.status.code()),
        [Some(1), Some(1)]
    );
    assert_eq!(answers[0].stdout, answers[1].stdout);
    fixture.assert_nothing_is_left();
}

#[test]
fn two_first_checks_at_once_build_one_runtime() {
    let fixture = Fixture::without_runtime();
    let both = [start(&fixture, |_| ()), start(&fixture, |_| ())];
    let answers = both.map(|child| child.wait_with_output().unwrap());
    assert_eq!(
        answers.each_ref().map(|answer| answer.status.code()),
        [Some(1), Some(1)],
        "{answers:?}"
    );
    assert_eq!(fs::read_dir(fixture.cache().join("runtimes")).unwrap().count(), 1);
    fixture.assert_nothing_is_left();
}
