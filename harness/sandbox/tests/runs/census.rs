//! The processes of a run that is watched: all of them, and who was alive together, whatever the machine is doing.

use std::{
    collections::BTreeSet,
    process::{Child, Command, Stdio},
    time::Duration,
};

use kata_sandbox::{Ended, How, Layers, Limit, ProcessRecord, Program};
use tokio_util::sync::CancellationToken;

use crate::scene::{alive, all_layers, each_alone_and_all, mark, probe, warden};

async fn watch_inside(layers: &Layers, program: &Program) -> Ended {
    let warden = warden().with_layers(layers);
    let ended = warden.watch(program, &CancellationToken::new()).await;
    assert_eq!(alive(&mark(program)), [0; 0], "these are left of {program:?}");
    ended.unwrap_or_else(|error| panic!("{program:?} cannot be watched inside {layers:?}: {error:?}"))
}

async fn watch(args: &[&str]) -> Ended {
    watch_inside(&all_layers(), &probe(args)).await
}

/// The most children of the program's own process that were alive at the same time.
fn most_alive(ended: &Ended) -> usize {
    let children = || ended.processes.iter().filter(|process| process.parent == Some(0));
    let lives = |process: &ProcessRecord, moment| {
        process.began <= moment && process.ended.is_none_or(|ended| ended > moment)
    };
    let at = |moment| children().filter(|process| lives(process, moment)).count();
    children().map(|process| at(process.began)).max().unwrap_or(0)
}

/// A program that takes a core for itself, until this is dropped.
struct Busy(Child);

impl Busy {
    fn new() -> Busy {
        let yes = Command::new("yes").stdout(Stdio::null()).spawn();
        Busy(yes.expect("every system has it"))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn each_process_is_told_of_with_its_parent_and_its_end() {
    for layers in each_alone_and_all() {
        let ended = watch_inside(&layers, &probe(&["in-turn", "3", "exit", "7"])).await;
        assert_eq!((ended.how, ended.left_behind), (How::Exited(0), 0), "{layers:?}");
        let told: Vec<_> = ended
            .processes
            .iter()
            .map(|process| (process.parent, process.how, process.awaited))
            .collect();
        let child = (Some(0), Some(How::Exited(7)), true);
        assert_eq!(
            told,
            [(None, Some(How::Exited(0)), true), child, child, child],
            "{layers:?}"
        );
        let moments: BTreeSet<u32> = ended
            .processes
            .iter()
            .flat_map(|process| [Some(process.began), process.ended])
            .flatten()
            .collect();
        assert_eq!(moments, (0..8).collect(), "{layers:?}: {ended:?}");
    }
}

#[tokio::test]
async fn who_is_alive_together_does_not_depend_on_how_fast_anything_is() {
    let _busy = [Busy::new(), Busy::new(), Busy::new()];
    for _ in 0..10 {
        let at_once = watch(&["at-once", "4", "exit", "0"]).await;
        assert_eq!(
            (at_once.how, most_alive(&at_once)),
            (How::Exited(0), 4),
            "{at_once:?}"
        );
        let in_turn = watch(&["in-turn", "4", "burn", "2"]).await;
        assert_eq!(
            (in_turn.how, most_alive(&in_turn)),
            (How::Exited(0), 1),
            "{in_turn:?}"
        );
    }
}

#[tokio::test]
async fn a_parent_that_sleeps_and_looks_gets_its_children_back() {
    let ended = watch(&["looks-after", "4", "exit", "0"]).await;
    assert_eq!((ended.how, most_alive(&ended)), (How::Exited(0), 4), "{ended:?}");
}

#[tokio::test]
async fn threads_are_no_processes() {
    let ended = watch(&["in-turn", "2", "in-threads", "5"]).await;
    assert_eq!(
        (ended.how, ended.processes.len()),
        (How::Exited(0), 3),
        "{ended:?}"
    );
}

#[tokio::test]
async fn a_process_is_held_whose_threads_end_with_it() {
    let _busy = [Busy::new(), Busy::new(), Busy::new()];
    for _ in 0..10 {
        let ended = watch(&["at-once", "3", "ends-with-threads", "2"]).await;
        assert_eq!((ended.how, most_alive(&ended)), (How::Exited(0), 3), "{ended:?}");
    }
}

#[tokio::test]
async fn a_process_that_executes_nothing_is_not_held_for_ever() {
    for layers in each_alone_and_all() {
        let ended = watch_inside(&layers, &probe(&["executes-nothing"])).await;
        assert_eq!(
            (ended.how, ended.processes.len()),
            (How::Exited(0), 2),
            "{layers:?}"
        );
        assert_eq!(ended.processes[1].how, Some(How::Exited(127)), "{layers:?}");
    }
}

#[tokio::test]
async fn a_wait_with_a_limit_is_waited_for() {
    for layers in each_alone_and_all() {
        let ended = watch_inside(&layers, &probe(&["one-then-another", "40", "exit", "0"])).await;
        assert_eq!((ended.how, most_alive(&ended)), (How::Exited(0), 2), "{layers:?}");
    }
}

#[tokio::test]
async fn who_writes_to_another_process_is_not_waited_for() {
    let mut program = probe(&["waits-in-order", "200000"]);
    program.limits.wall = Duration::from_secs(2);
    let ended = watch_inside(&all_layers(), &program).await;
    assert_eq!((ended.how, most_alive(&ended)), (How::Exited(0), 2), "{ended:?}");
}

#[tokio::test]
async fn news_without_end_does_not_keep_the_clocks_from_being_read() {
    // Two, and what each of them has just started: the limit is 16.
    let mut program = probe(&["starts-for-ever", "2"]);
    program.limits.cpu = Duration::from_millis(300);
    let ended = watch_inside(&all_layers(), &program).await;
    assert_eq!(ended.how, How::Stopped(Limit::Cpu));
}

#[tokio::test]
async fn cpu_time_is_that_of_each_process_alone() {
    let ended = watch(&["at-once", "2", "burn", "100"]).await;
    let cpu: Vec<Duration> = ended.processes.iter().map(|process| process.cpu).collect();
    let children: Duration = cpu[1..].iter().sum();
    assert!(children > Duration::from_millis(190), "{cpu:?}");
    assert!(cpu[0] * 4 < children, "{cpu:?}");
}

#[tokio::test]
async fn whom_nobody_has_waited_for_is_told() {
    for layers in each_alone_and_all() {
        for args in [&["abandons", "sleep"][..], &["abandons-an-ended", "exit", "3"]] {
            let ended = watch_inside(&layers, &probe(args)).await;
            assert_eq!(
                (ended.how, ended.left_behind),
                (How::Exited(0), 1),
                "{layers:?} {args:?}: {ended:?}"
            );
            let child = &ended.processes[1];
            assert_eq!(
                (child.awaited, child.how),
                (false, None),
                "{layers:?} {args:?}: {ended:?}"
            );
        }
        let ended = watch_inside(&layers, &probe(&["daemon"])).await;
        let awaited: Vec<bool> = ended.processes.iter().map(|process| process.awaited).collect();
        assert_eq!(awaited, [true, true, false], "{layers:?}: {ended:?}");
        assert_eq!(ended.processes[2].parent, Some(1), "{layers:?}: {ended:?}");
    }
}

#[tokio::test]
async fn a_thousand_processes_are_all_accounted_for() {
    let mut program = probe(&["in-batches", "25", "40"]);
    program.limits.processes = 64;
    program.limits.cpu = Duration::from_secs(100);
    let ended = watch_inside(&all_layers(), &program).await;
    assert_eq!((ended.how, ended.left_behind), (How::Exited(0), 0));
    assert_eq!(ended.processes.len(), 1001);
    assert_eq!(most_alive(&ended), 40);
    assert!(
        ended.processes[1..]
            .iter()
            .all(|process| process.awaited && process.parent == Some(0))
    );
}

#[tokio::test]
async fn a_thousand_at_once_end_when_their_limit_says_so() {
    let mut program = probe(&["at-once", "1000", "sleep"]);
    program.limits.processes = 100;
    let ended = watch_inside(&all_layers(), &program).await;
    assert_eq!(ended.how, How::Stopped(Limit::Processes));
    assert!(ended.processes.len() > 100, "{}", ended.processes.len());
}

#[tokio::test]
async fn limits_of_time_hold_for_what_is_watched() {
    for (args, limit) in [
        (&["spin"][..], Limit::Cpu),
        (&["in-turn", "1", "deadlock"], Limit::Stalled),
    ] {
        let mut program = probe(args);
        program.limits.cpu = Duration::from_millis(300);
        program.limits.wall = Duration::from_millis(300);
        let ended = watch_inside(&all_layers(), &program).await;
        assert_eq!(ended.how, How::Stopped(limit), "{args:?}");
    }
}

#[tokio::test]
async fn a_program_that_is_watched_goes_on_when_it_stops_itself() {
    let mut program = probe(&["stop-itself"]);
    program.limits.wall = Duration::from_secs(1);
    let ended = watch_inside(&all_layers(), &program).await;
    assert!(matches!(ended.how, How::Exited(_)), "{:?}", ended.how);
}
