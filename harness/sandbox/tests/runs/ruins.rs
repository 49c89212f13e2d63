//! Nothing is left of the layers either: no process, no mount, no control group, whoever is killed when.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use kata_sandbox::{Ended, Error, How, Layer, Layers, Program};
use rustix::process::{Pid, Signal, kill_process};
use tokio_util::sync::CancellationToken;

use crate::scene::{
    MARK, alive, all_layers, each_alone_and_all, executable, holds, mark, new_mark, parent, probe,
    run_inside, shell, status, until, warden,
};

/// No control group.
const NONE: [PathBuf; 0] = [];

/// Every control group that a warden made, wherever the hierarchies are.
fn groups() -> BTreeSet<PathBuf> {
    let mounts = fs::read_to_string("/proc/self/mounts").expect("/proc is mounted");
    let hierarchies = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let place = fields.next()?;
        fields.next()?.starts_with("cgroup").then(|| PathBuf::from(place))
    });
    let groups = hierarchies.flat_map(|place| fs::read_dir(place).into_iter().flatten().flatten());
    groups
        .map(|entry| entry.path())
        .filter(|path| maker(path).is_some())
        .collect()
}

/// The process that made this group.
fn maker(group: &Path) -> Option<u32> {
    group.file_name()?.to_str()?.strip_prefix("kata-")?.parse().ok()
}

/// The groups that this process made.
fn groups_of(pid: u32) -> Vec<PathBuf> {
    groups()
        .into_iter()
        .filter(|group| maker(group) == Some(pid))
        .collect()
}

fn mounts() -> String {
    fs::read_to_string("/proc/self/mountinfo").expect("/proc is mounted")
}

fn kill(pid: u32) {
    kill_process(
        Pid::from_raw(pid.cast_signed()).expect("no process has the number 0"),
        Signal::KILL,
    )
    .expect("it is there");
}

/// The processes above a program: the warden that watches it, and the one that the grader started, which with namespaces
/// is that one's parent.
struct Above {
    program: u32,
    inner: u32,
    launcher: u32,
}

fn above(program: u32) -> Above {
    let inner = parent(program);
    let grandparent = parent(inner);
    let is_warden = status(grandparent, "Name") == "kata-warden";
    Above {
        program,
        inner,
        launcher: if is_warden { grandparent } else { inner },
    }
}

/// Runs a program until it has started, does something to it, and tells how the run ended.
async fn interrupted(
    layers: &Layers,
    program: &Program,
    interrupt: impl FnOnce(Above, &CancellationToken),
) -> Result<Ended, Error> {
    let cancel = CancellationToken::new();
    let (warden, mark) = (warden().with_layers(layers), mark(program));
    let run = warden.run(program, &cancel);
    let mut run = std::pin::pin!(run);
    tokio::select! {
        ended = &mut run => panic!("it ended by itself inside {layers:?}: {ended:?}"),
        () = until("the program has started", || alive(&mark).len() == 3) => {}
    }
    let first = alive(&mark)
        .into_iter()
        .find(|pid| status(parent(*pid), "Name") == "kata-warden");
    interrupt(
        above(first.expect("the program is the child of a warden")),
        &cancel,
    );
    let ended = run.await;
    until("all of it is gone", || alive(&mark).is_empty()).await;
    ended
}

fn family() -> Program {
    shell("sleep 600 & setsid sleep 600; :")
}

#[tokio::test]
async fn nothing_is_left_of_a_run_that_ends_by_itself() {
    let mounts_before = mounts();
    for layers in each_alone_and_all() {
        // Killed by a signal from outside, the program's own process ends as it would by itself.
        let mut launcher = 0;
        let ended = interrupted(&layers, &family(), |above, _| {
            launcher = above.launcher;
            kill(above.program);
        })
        .await
        .unwrap();
        assert_eq!(
            (ended.how, ended.left_behind),
            (How::Signalled(9), 2),
            "{layers:?}"
        );
        assert_eq!(groups_of(launcher), NONE, "{layers:?}");
        assert_eq!(mounts(), mounts_before, "{layers:?}");
    }
}

#[tokio::test]
async fn nothing_is_left_of_a_run_that_is_cancelled() {
    for layers in each_alone_and_all() {
        let mut launcher = 0;
        let ended = interrupted(&layers, &family(), |above, cancel| {
            launcher = above.launcher;
            let has_groups = !groups_of(launcher).is_empty();
            assert_eq!(has_groups, layers.contains(&Layer::ControlGroups), "{layers:?}");
            cancel.cancel();
        })
        .await;
        assert_eq!(ended.unwrap().how, How::Cancelled, "{layers:?}");
        assert_eq!(groups_of(launcher), NONE, "{layers:?}");
    }
}

#[tokio::test]
async fn nothing_is_left_when_the_warden_inside_is_killed() {
    if !holds(Layer::Namespaces) {
        return;
    }
    for layers in [Layers::from([Layer::Namespaces]), all_layers()] {
        let mut launcher = 0;
        let ended = interrupted(&layers, &family(), |above, _| {
            assert_ne!(above.inner, above.launcher);
            launcher = above.launcher;
            kill(above.inner);
        })
        .await;
        assert!(
            matches!(ended, Err(Error::WardenLost(_))),
            "{layers:?}: {ended:?}"
        );
        assert_eq!(groups_of(launcher), NONE, "{layers:?}");
    }
}

#[tokio::test]
async fn nothing_is_left_when_the_warden_outside_is_killed() {
    if !holds(Layer::Namespaces) {
        return;
    }
    for layers in [Layers::from([Layer::Namespaces]), all_layers()] {
        let mut launcher = 0;
        let ended = interrupted(&layers, &family(), |above, _| {
            launcher = above.launcher;
            kill(above.launcher);
        })
        .await;
        assert!(
            matches!(ended, Err(Error::WardenLost(_))),
            "{layers:?}: {ended:?}"
        );
        // Nobody is there to remove its groups: the next run does, once those that are in them are gone.
        let is_empty = |group: &PathBuf| {
            std::fs::read_to_string(group.join("cgroup.procs")).is_ok_and(|inside| inside.is_empty())
        };
        until("everybody is gone", || groups_of(launcher).iter().all(is_empty)).await;
        run_inside(&layers, &probe(&["exit", "0"])).await;
        assert_eq!(groups_of(launcher), NONE, "{layers:?}");
    }
}

#[tokio::test]
async fn nothing_is_left_of_a_grader_that_is_killed() {
    let mounts_before = mounts();
    for layers in each_alone_and_all() {
        let mark = new_mark();
        let mut grader = Command::new(executable())
            .args([
                "grade-inside",
                &serde_json::to_string(&layers).unwrap(),
                "sleep 600 & setsid sleep 600; :",
            ])
            .env(MARK, &mark)
            .spawn()
            .unwrap();
        // Grader and warden carry the mark too, and so does the warden inside.
        let inner = usize::from(layers.contains(&Layer::Namespaces));
        until("everything is there", || alive(&mark).len() == 5 + inner).await;
        let makers = alive(&mark);
        let theirs = || -> Vec<PathBuf> { makers.iter().flat_map(|pid| groups_of(*pid)).collect() };
        assert_eq!(
            !theirs().is_empty(),
            layers.contains(&Layer::ControlGroups),
            "{layers:?}"
        );
        grader.kill().unwrap();
        grader.wait().unwrap();
        until("all of them are gone", || alive(&mark).is_empty()).await;
        until("and so are their groups", || theirs().is_empty()).await;
    }
    assert_eq!(mounts(), mounts_before);
}
