//! The three clocks, on a quiet machine and on a busy one.

use std::time::Duration;

use kata_sandbox::{Doing, How, Limit, Program};
use tokio_util::sync::CancellationToken;

use crate::scene::{alive, mark, probe, run, shell, until, warden};

const SHORT: Duration = Duration::from_millis(300);

fn short_of_cpu(mut program: Program) -> Program {
    program.limits.cpu = SHORT;
    program
}

fn short_of_patience(mut program: Program) -> Program {
    program.limits.wall = SHORT;
    program
}

#[tokio::test]
async fn an_infinite_loop_runs_out_of_cpu_time() {
    let ended = run(&short_of_cpu(probe(&["spin"]))).await;
    assert_eq!(ended.how, How::Stopped(Limit::Cpu));
    assert!(ended.cpu > SHORT, "{:?}", ended.cpu);
    assert_eq!(ended.threads.len(), 1);
    assert_eq!(ended.threads[0].to_string(), "kata-sandbox-pr: running");
}

#[tokio::test]
async fn cpu_time_is_that_of_the_whole_tree() {
    let two = short_of_cpu(shell("(while :; do :; done) & while :; do :; done"));
    assert_eq!(run(&two).await.how, How::Stopped(Limit::Cpu));
    // Four children one after the other, each far below the limit, waited for by their parent.
    let probe = crate::scene::executable();
    let script = "for i in 1 2 3 4; do $0 burn 100; done";
    let mut in_turn = short_of_cpu(shell(script));
    in_turn.args.push(probe.into());
    assert_eq!(run(&in_turn).await.how, How::Stopped(Limit::Cpu));
}

#[tokio::test]
async fn too_much_cpu_time_is_too_much_however_the_program_ended() {
    // Over before the first sample, nine times of ten: the total decides.
    let mut program = probe(&["burn", "12"]);
    program.limits.cpu = Duration::from_millis(10);
    for _ in 0..5 {
        assert_eq!(run(&program).await.how, How::Stopped(Limit::Cpu));
    }
}

#[tokio::test]
async fn the_kernels_own_limit_of_cpu_time_is_the_same_verdict() {
    assert_eq!(run(&shell("kill -XCPU $$")).await.how, How::Stopped(Limit::Cpu));
}

#[tokio::test]
async fn a_deadlock_stalls_and_says_where_each_thread_stood() {
    let ended = run(&short_of_patience(probe(&["deadlock"]))).await;
    assert_eq!(ended.how, How::Stopped(Limit::Stalled));
    let stood: Vec<String> = ended.threads.iter().map(ToString::to_string).collect();
    let futex = "waiting for a lock, a message or another thread";
    assert_eq!(
        stood,
        [format!("kata-sandbox-pr: {futex}"), format!("other: {futex}")]
    );
}

#[tokio::test]
async fn what_a_thread_waits_for_is_told() {
    let cases = [
        (probe(&["sleep"]), Doing::Sleeping),
        (shell("sleep 600; :"), Doing::Child),
        (shell("cat /proc/self/stat | sleep 600"), Doing::Child),
        (probe(&["stop-itself"]), Doing::Stopped),
    ];
    for (program, doing) in cases {
        let ended = run(&short_of_patience(program)).await;
        assert_eq!(ended.how, How::Stopped(Limit::Stalled));
        assert_eq!(ended.threads[0].doing, doing);
    }
}

#[tokio::test]
async fn only_so_many_threads_are_told_of() {
    let mut program = short_of_patience(probe(&["threads", "270"]));
    program.limits.processes = 300;
    let ended = run(&program).await;
    assert_eq!(
        (ended.how, ended.threads.len()),
        (How::Stopped(Limit::Stalled), 256)
    );
}

#[tokio::test]
async fn a_loop_that_sleeps_and_looks_stalls() {
    assert_eq!(
        run(&short_of_patience(probe(&["sleep-and-look"]))).await.how,
        How::Stopped(Limit::Stalled)
    );
}

#[tokio::test]
async fn ignored_signals_help_nobody() {
    let script = "trap '' TERM INT HUP QUIT XCPU; while :; do sleep 600; done";
    assert_eq!(
        run(&short_of_patience(shell(script))).await.how,
        How::Stopped(Limit::Stalled)
    );
}

#[tokio::test]
async fn one_that_waits_for_a_child_that_runs_does_not_stall() {
    let mut program = shell("$0 burn 600; exit 5");
    program.args.push(crate::scene::executable().into());
    assert_eq!(run(&short_of_patience(program)).await.how, How::Exited(5));
}

#[tokio::test]
async fn a_cancelled_run_ends_at_once() {
    let program = shell("trap '' TERM; sleep 600 & sleep 600");
    let cancel = CancellationToken::new();
    let (warden, mark) = (warden(), mark(&program));
    let (ended, ()) = tokio::join!(warden.run(&program, &cancel), async {
        until("the script has started", || alive(&mark).len() == 3).await;
        cancel.cancel();
    });
    let ended = ended.unwrap();
    assert_eq!((ended.how, ended.left_behind), (How::Cancelled, 0));
    assert_eq!(alive(&mark), [0; 0]);
}

#[tokio::test]
async fn a_run_that_was_cancelled_before_is_over() {
    let cancel = CancellationToken::new();
    cancel.cancel();
    let program = probe(&["sleep"]);
    let ended = warden().run(&program, &cancel).await.unwrap();
    assert_eq!(ended.how, How::Cancelled);
    assert_eq!(alive(&mark(&program)), [0; 0]);
}

/// Keeps both CPUs busy, in several sessions: the scheduler may share out CPU time by session.
struct Neighbours(CancellationToken, Vec<tokio::task::JoinHandle<()>>);

impl Neighbours {
    async fn move_in() -> Self {
        let cancel = CancellationToken::new();
        let mut handles = Vec::new();
        for _ in 0..6 {
            let mut program = probe(&["spin", "2"]);
            program.limits.cpu = Duration::from_secs(600);
            let (mark, cancel) = (mark(&program), cancel.clone());
            handles.push(tokio::spawn(async move {
                let ended = warden().run(&program, &cancel).await;
                assert_eq!(ended.expect("it can be run").how, How::Cancelled);
            }));
            until("a neighbour has started", || !alive(&mark).is_empty()).await;
        }
        Neighbours(cancel, handles)
    }

    async fn move_out(self) {
        self.0.cancel();
        for handle in self.1 {
            handle.await.expect("it was cancelled, and nothing else");
        }
    }
}

#[tokio::test]
async fn neighbours_neither_stall_a_program_nor_hide_that_it_stalls() {
    let neighbours = Neighbours::move_in().await;
    let mut busy = probe(&["burn", "200"]);
    busy.limits.wall = Duration::from_millis(100);
    let busy = run(&busy).await;
    let idle = run(&short_of_patience(probe(&["deadlock"]))).await;
    let looking = run(&short_of_patience(probe(&["sleep-and-look"]))).await;
    neighbours.move_out().await;
    assert_eq!(
        busy.how,
        How::Exited(0),
        "it was kept from the CPU, which is not its fault: {busy:?}"
    );
    assert_eq!(idle.how, How::Stopped(Limit::Stalled));
    assert_eq!(looking.how, How::Stopped(Limit::Stalled));
}
