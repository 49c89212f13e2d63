//! Ctrl-C, kill -9, and several checks at once.

use std::{
    fs::{self, File},
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
};

use rustix::process::{Pid, Signal, kill_process};

use crate::fixture::Fixture;

/// A pipe with a name: whoever opens it for writing tells the test that they are there.
struct Signpost(PathBuf);

impl Signpost {
    fn new(fixture: &Fixture) -> Signpost {
        let path = fixture.course().join("signpost");
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        Signpost(path)
    }

    /// Waits until somebody is there.
    fn wait(&self) {
        File::open(&self.0).unwrap();
    }
}

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

/// A submission that says that it runs, and then never ends.
fn never_ends(signpost: &Signpost) -> String {
    format!(
        "pub fn answer() -> u32 {{\n    std::fs::OpenOptions::new().write(true).open({:?}).unwrap();\n    \
         std::process::Command::new(\"sleep\").arg(\"600\").spawn().unwrap();\n    \
         loop {{ std::thread::park() }}\n}}\n",
        signpost.0
    )
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
        let signpost = Signpost::new(&fixture);
        without_limits(&fixture);
        fixture.submit("demo", never_ends(&signpost));
        let child = start(&fixture, |_| ());
        signpost.wait();
        signal(&child, asked);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("interrupted"));
        fixture.assert_nothing_is_left();
    }
}

/// A compiler that says that it was called, and then never ends.
fn compiler_that_hangs(fixture: &Fixture, signpost: &Signpost) -> PathBuf {
    let sysroot = fixture.course().join("sysroot");
    let bin = sysroot.join("bin");
    fs::create_dir_all(&bin).unwrap();
    script(
        &bin.join("rustc"),
        &format!("echo here > {}; exec sleep 600", signpost.0.display()),
    );
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
    let signpost = Signpost::new(&fixture);
    let rustc = compiler_that_hangs(&fixture, &signpost);
    let child = start(&fixture, |kata| {
        kata.env("RUSTC", rustc);
    });
    signpost.wait();
    signal(&child, Signal::INT);
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
    fixture.assert_nothing_is_left();
}

#[test]
fn kill_9_leaves_no_process_and_the_next_check_sweeps_up() {
    let fixture = Fixture::new();
    let signpost = Signpost::new(&fixture);
    without_limits(&fixture);
    fixture.submit("demo", never_ends(&signpost));
    let child = start(&fixture, |_| ());
    signpost.wait();
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
