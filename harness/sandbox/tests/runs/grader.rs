//! What becomes of a run when the grader, or the warden, is not there any more.

use std::{
    fs,
    process::{Command, Stdio},
    time::Duration,
};

use kata_sandbox::{Error, Warden};
use tokio_util::sync::CancellationToken;

use crate::scene::{MARK, alive, executable, mark, new_mark, probe, shell, try_run, until, warden};

#[tokio::test]
async fn nothing_outlives_a_grader_that_is_killed() {
    let mark = new_mark();
    // With a daemon in a session of its own, started by the very executable that is the grader.
    let script = format!("{} daemon; sleep 600 & sleep 600", executable().display());
    let mut grader = Command::new(executable())
        .args(["grade", &script])
        .env(MARK, &mark)
        .spawn()
        .unwrap();
    until(
        "grader, warden, shell, two sleepers and the daemon are there",
        || alive(&mark).len() == 6,
    )
    .await;
    grader.kill().unwrap();
    grader.wait().unwrap();
    until("all of them are gone", || alive(&mark).is_empty()).await;
}

#[tokio::test]
async fn nothing_outlives_a_run_that_is_dropped() {
    let program = shell("sleep 600 & sleep 600");
    let mark = mark(&program);
    {
        let (warden, cancel) = (warden(), CancellationToken::new());
        tokio::select! {
            ended = warden.run(&program, &cancel) => panic!("it ended by itself: {ended:?}"),
            () = until("the script has started", || alive(&mark).len() == 3) => {}
        }
    }
    until("all of it is gone", || alive(&mark).is_empty()).await;
}

#[test]
fn a_warden_is_found_when_its_file_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("grader");
    fs::copy(executable(), &copy).unwrap();
    let output = Command::new("/bin/sh") // which opens the file after every writer has closed it
        .args(["-c", "exec \"$0\" grade-from-a-removed-file 'echo still here'"])
        .arg(&copy)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "still here\n");
    assert!(!copy.exists());
}

#[test]
fn a_grader_may_have_been_started_with_signals_ignored() {
    // With `SIGCHLD` ignored, the kernel would reap a warden's children before the warden can.
    let script = "trap '' CHLD TERM PIPE; exec \"$0\" grade 'sleep 0 & wait; grep SigIgn /proc/self/status'";
    let output = Command::new("/bin/sh")
        .args(["-c", script])
        .arg(executable())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "SigIgn:\t0000000000000000\n",
        "{errors}"
    );
}

#[tokio::test]
async fn a_program_that_kills_its_warden_dies_and_is_no_success() {
    let program = probe(&["kill-the-warden"]);
    let mark = mark(&program);
    let err = warden()
        .run(&program, &CancellationToken::new())
        .await
        .unwrap_err();
    assert!(matches!(err, Error::WardenLost(_)), "{err:?}");
    until("the program is gone", || alive(&mark).is_empty()).await;
}

#[tokio::test]
async fn a_program_that_stops_its_warden_hangs_nobody() {
    let mut program = probe(&["stop-the-warden"]);
    (program.limits.cpu, program.limits.wall) = (Duration::from_millis(20), Duration::from_millis(20));
    let err = try_run(&program).await.unwrap_err();
    assert!(matches!(err, Error::WardenSilent), "{err:?}");
}

#[test]
fn a_warden_is_not_for_use_by_hand() {
    let warden = Command::new(executable())
        .arg("--serve-as-warden")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(warden.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&warden.stderr).contains("not for use by hand"));
}

#[tokio::test]
async fn runs_at_the_same_time_do_not_mix() {
    let runs: Vec<_> = (0..16)
        .map(|n| tokio::spawn(async move { (n, try_run(&probe(&["exit", &n.to_string()])).await) }))
        .collect();
    for run in runs {
        let (n, ended) = run.await.unwrap();
        assert_eq!(ended.unwrap().how, kata_sandbox::How::Exited(n));
    }
}

#[tokio::test]
async fn an_executable_that_is_no_warden_is_told_so() {
    let program = probe(&["exit", "0"]);
    let err = Warden::at("/bin/true")
        .run(&program, &CancellationToken::new())
        .await
        .unwrap_err();
    assert!(err.to_string().contains("serve_if_warden"), "{err}");
}
