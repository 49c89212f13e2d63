//! Whatever a program starts dies with it, and is counted. `scene::run` looks for what is left.

use std::time::Duration;

use kata_sandbox::{How, Limit};

use crate::scene::{probe, run, shell, text};

#[tokio::test]
async fn children_that_were_waited_for_are_not_left_behind() {
    let ended = run(&shell("sleep 0; (echo a | cat); wait; echo b")).await;
    assert_eq!((ended.how, ended.left_behind), (How::Exited(0), 0));
    assert_eq!(text(&ended.stdout.bytes), "a\nb\n");
}

#[tokio::test]
async fn a_grandchild_that_holds_the_pipe_is_not_waited_for() {
    for _ in 0..10 {
        let ended = run(&shell("sleep 600 & echo hi")).await;
        assert_eq!((ended.how, ended.left_behind), (How::Exited(0), 1));
        assert_eq!(text(&ended.stdout.bytes), "hi\n");
        assert!(ended.wall < Duration::from_secs(10), "it waited {:?}", ended.wall);
    }
}

#[tokio::test]
async fn a_child_that_has_ended_is_left_behind_as_much_as_one_that_runs() {
    // The shell becomes a program that knows of no children: the first is a zombie by then, or not.
    for _ in 0..10 {
        let ended = run(&shell("sleep 0 & sleep 600 & exec true")).await;
        assert_eq!((ended.how, ended.left_behind), (How::Exited(0), 2));
    }
}

#[tokio::test]
async fn a_family_is_counted_the_same_every_time() {
    // Each subshell waits for its children, and must not learn that they were killed. `set -m` gives each job
    // a process group of its own, whose stopped members the kernel continues when their parent ends.
    let family = "
        mkfifo first second
        (sleep 600 & sleep 600 & echo >first; wait) &
        read _ <first
        (set -m; (sleep 600 & echo >second; wait) & wait) &
        read _ <second
        exit 7";
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let mut program = shell(family);
        program.cwd = folder.path().into();
        let ended = run(&program).await;
        assert_eq!((ended.how, ended.left_behind), (How::Exited(7), 6));
    }
}

#[tokio::test]
async fn a_daemon_is_found() {
    // Forked twice, in a session of its own, and with its parent long gone.
    for _ in 0..10 {
        let ended = run(&probe(&["daemon"])).await;
        assert_eq!((ended.how, ended.left_behind), (How::Exited(0), 1));
    }
}

#[tokio::test]
async fn a_tree_that_grows_meanwhile_is_brought_down() {
    // 2^8 shells, each of which starts two more until the last generation; the first leaves at once.
    let grow = "grow() { if [ $1 -gt 0 ]; then grow $(($1-1)) & grow $(($1-1)) & wait; else sleep 600; fi; }";
    let ended = run(&shell(&format!("{grow}; grow 7 & exit 0"))).await;
    assert_eq!(ended.how, How::Exited(0));
    assert!(ended.left_behind >= 1);
}

#[tokio::test]
async fn more_processes_than_the_limit_stop_the_program() {
    let ended = run(&shell("while :; do sleep 600 & done")).await;
    assert_eq!(
        (ended.how, ended.left_behind),
        (How::Stopped(Limit::Processes), 0)
    );
}

#[tokio::test]
async fn more_threads_than_the_limit_stop_the_program() {
    assert_eq!(
        run(&probe(&["threads", "17"])).await.how,
        How::Stopped(Limit::Processes)
    );
}

#[tokio::test]
async fn as_many_threads_as_the_limit_do_not() {
    let mut program = probe(&["threads", "16"]);
    program.limits.wall = Duration::from_millis(300);
    assert_eq!(run(&program).await.how, How::Stopped(Limit::Stalled));
}
