//! A program is started as it was described, and its end is told as it was.

use std::fs;

use kata_sandbox::{Error, How};

use crate::scene::{MARK, executable, limits, mark, probe, run, shell, text, try_run};

#[tokio::test]
async fn an_exit_code_is_told() {
    for code in ["0", "1", "101", "255"] {
        assert_eq!(
            run(&probe(&["exit", code])).await.how,
            How::Exited(code.parse().unwrap())
        );
    }
}

#[tokio::test]
async fn a_signal_is_told() {
    for (name, number) in [("ABRT", 6), ("KILL", 9), ("SEGV", 11), ("TERM", 15)] {
        assert_eq!(
            run(&shell(&format!("kill -{name} $$"))).await.how,
            How::Signalled(number)
        );
    }
}

#[tokio::test]
async fn a_program_sees_what_it_was_given_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let mut program = probe(&["surroundings"]);
    program.env.push(("EMPTY".into(), "".into()));
    program.cwd = folder.clone();
    let ended = run(&program).await;
    let expected = [
        format!("argv0={}", executable().display()),
        format!("cwd={}", folder.display()),
        "env EMPTY=".into(),
        format!("env {MARK}={}", mark(&program)),
        "descriptors=3".into(),
        "NoNewPrivs: 1".into(),
        "SigBlk: 0000000000000000".into(),
        "SigIgn: 0000000000001000".into(), // SIGPIPE, which the program's own runtime ignores
        "own session: true".into(),
        "warden leads a group: true".into(),
        "warden is called: kata-warden".into(),
    ];
    let mut seen: Vec<String> = text(&ended.stdout.bytes).lines().map(str::to_owned).collect();
    seen[2..4].sort();
    assert_eq!(seen[..4], expected[..4]);
    for line in &expected[4..] {
        assert!(seen.contains(line), "{line:?} is not in {seen:#?}");
    }
    assert_eq!(seen.len(), expected.len());
}

#[tokio::test]
async fn signals_have_their_default_dispositions() {
    // A shell that was started with a signal ignored cannot trap it (POSIX, "trap"); and it ignores none.
    let ended = run(&shell("grep -E 'Sig(Blk|Ign)' /proc/self/status")).await;
    let lines = text(&ended.stdout.bytes);
    assert_eq!(lines.matches("0000000000000000").count(), 2, "{lines}");
}

#[tokio::test]
async fn standard_input_is_empty_without_a_request() {
    let ended = run(&shell("cat; readlink /proc/self/fd/0")).await;
    assert_eq!(text(&ended.stdout.bytes), "/dev/null\n");
}

#[tokio::test]
async fn a_program_that_does_not_exist_is_an_error() {
    let mut program = probe(&[]);
    program.path = "/no/such/program".into();
    let err = try_run(&program).await.unwrap_err();
    assert!(matches!(err, Error::NoProgram(_)), "{err:?}");
    assert!(err.to_string().contains("`/no/such/program`"), "{err}");
}

#[tokio::test]
async fn a_file_that_is_not_executable_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = probe(&[]);
    program.path = folder.path().join("text");
    fs::write(&program.path, "no program").unwrap();
    let err = try_run(&program).await.unwrap_err();
    assert!(matches!(err, Error::NotExecutable { .. }), "{err:?}");
    assert!(err.to_string().contains("text"), "{err}");
}

#[tokio::test]
async fn a_folder_that_does_not_exist_is_an_error() {
    let mut program = probe(&["exit", "0"]);
    program.cwd = "/no/such/folder".into();
    let err = try_run(&program).await.unwrap_err();
    assert!(matches!(err, Error::NoFolder(_)), "{err:?}");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_before_anything_is_started() {
    let mut program = probe(&["exit", "0"]);
    program.limits.processes = 0;
    let err = try_run(&program).await.unwrap_err();
    assert!(matches!(err, Error::ZeroLimit("processes")), "{err:?}");
    program.limits = limits();
    program.path = "probe".into();
    let err = try_run(&program).await.unwrap_err();
    assert!(matches!(err, Error::RelativePath(_)), "{err:?}");
}
