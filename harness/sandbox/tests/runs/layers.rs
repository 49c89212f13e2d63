//! Inside each layer alone, and inside all of them, a run is what it is outside: the same ends, the same limits, the same
//! counts. What is different is told in `view.rs`.

use std::time::Duration;

use kata_sandbox::{Doing, How, Layer, Layers, Limit, Network, Program};

use crate::scene::{
    MARK, all_layers, each_alone_and_all, executable, holds, mark, probe, run_inside, shell, text,
};

const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn ends_are_told_as_they_are() {
    for layers in each_alone_and_all() {
        for code in [0, 1, 101, 255] {
            let ended = run_inside(&layers, &probe(&["exit", &code.to_string()])).await;
            assert_eq!(ended.how, How::Exited(code), "{layers:?}");
        }
        // The first process of a pid namespace would survive its own signals.
        let ended = run_inside(&layers, &probe(&["abort"])).await;
        assert_eq!(ended.how, How::Signalled(6), "{layers:?}");
        for (name, number) in [("ABRT", 6), ("KILL", 9), ("SEGV", 11), ("TERM", 15)] {
            let ended = run_inside(&layers, &shell(&format!("kill -{name} $$"))).await;
            assert_eq!(ended.how, How::Signalled(number), "{layers:?}");
        }
    }
}

#[tokio::test]
async fn the_environment_and_the_descriptors_are_those_that_were_given() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    std::fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    for layers in each_alone_and_all() {
        let mut program = probe(&["inside"]);
        program.env.push(("EMPTY".into(), "".into()));
        program.cwd = folder.clone();
        let ended = run_inside(&layers, &program).await;
        assert_eq!(ended.how, How::Exited(0), "{layers:?}: {ended:?}");
        let told = text(&ended.stdout.bytes);
        let told_of = |what: &str| -> Vec<String> {
            let lines = told.lines().filter_map(|line| line.strip_prefix(what));
            let mut lines: Vec<String> = lines.map(str::to_owned).collect();
            lines.sort();
            lines
        };
        let env = ["EMPTY=".into(), format!("{MARK}={}", mark(&program))];
        assert_eq!(told_of("env "), env, "{layers:?}");
        assert_eq!(told_of("descriptor "), ["0", "1", "2"], "{layers:?}");
        assert_eq!(told_of("cwd "), [folder.to_str().unwrap()], "{layers:?}");
    }
}

#[tokio::test]
async fn what_is_left_behind_is_counted() {
    let cases = [
        ("sleep 0; (echo a | cat) >/dev/null; wait", 0),
        ("sleep 600 & sleep 600 &", 2),
        ("sleep 0 & sleep 600 & exec true", 2),
    ];
    for layers in each_alone_and_all() {
        for (script, left) in cases {
            let ended = run_inside(&layers, &shell(script)).await;
            assert_eq!(
                (ended.how, ended.left_behind),
                (How::Exited(0), left),
                "{layers:?}: {script}"
            );
        }
        // Forked twice, and in a session of its own.
        let ended = run_inside(&layers, &probe(&["daemon"])).await;
        assert_eq!(
            (ended.how, ended.left_behind),
            (How::Exited(0), 1),
            "{layers:?}: {ended:?}"
        );
    }
}

#[tokio::test]
async fn limits_of_output_and_of_cpu_time_hold() {
    for layers in each_alone_and_all() {
        let ended = run_inside(&layers, &probe(&["print", "10000"])).await;
        assert_eq!(
            (ended.how, ended.stdout.cut),
            (How::Exited(0), false),
            "{layers:?}"
        );
        let ended = run_inside(&layers, &probe(&["print", "10001"])).await;
        assert_eq!(ended.how, How::Stopped(Limit::Output), "{layers:?}");
        assert_eq!(
            (ended.stdout.bytes.len(), ended.stdout.cut),
            (10_000, true),
            "{layers:?}"
        );

        let mut spin = probe(&["spin"]);
        spin.limits.cpu = SHORT;
        let ended = run_inside(&layers, &spin).await;
        assert_eq!(ended.how, How::Stopped(Limit::Cpu), "{layers:?}");
        assert!(ended.cpu > SHORT, "{layers:?}: {:?}", ended.cpu);
    }
}

#[tokio::test]
async fn a_request_is_answered() {
    for layers in each_alone_and_all() {
        let mut program = probe(&["echo"]);
        program.request = Some(b"0123456789".repeat(1000));
        let ended = run_inside(&layers, &program).await;
        assert!(Some(ended.reply) == program.request, "{layers:?}");
    }
}

#[tokio::test]
async fn a_deadlock_stalls_and_says_where_each_thread_stood() {
    for layers in each_alone_and_all() {
        let mut program = probe(&["deadlock"]);
        program.limits.wall = SHORT;
        let ended = run_inside(&layers, &program).await;
        assert_eq!(ended.how, How::Stopped(Limit::Stalled), "{layers:?}");
        let doing: Vec<Doing> = ended.threads.iter().map(|thread| thread.doing).collect();
        assert_eq!(
            doing,
            [Doing::Futex, Doing::Futex],
            "{layers:?}: {:?}",
            ended.threads
        );
    }
}

#[tokio::test]
async fn the_limit_of_processes_holds_for_threads_and_for_floods() {
    for layers in each_alone_and_all() {
        let mut as_many = probe(&["threads", "16"]);
        as_many.limits.wall = SHORT;
        let ended = run_inside(&layers, &as_many).await;
        assert_eq!(ended.how, How::Stopped(Limit::Stalled), "{layers:?}");
        let one_more = run_inside(&layers, &probe(&["threads", "17"])).await;
        assert_eq!(one_more.how, How::Stopped(Limit::Processes), "{layers:?}");
        // Where a fork fails before the warden has counted, the shell gives up by itself: it must not look like a pass.
        let flood = run_inside(&layers, &shell("while :; do sleep 600 & done")).await;
        assert_eq!(
            flood.how,
            How::Stopped(Limit::Processes),
            "{layers:?}: {}",
            text(&flood.stderr.bytes)
        );
    }
}

/// Four processes of 40 MiB each where 96 are allowed, none of which is over before all are there, or dead.
fn family() -> Program {
    let mut program = probe(&["family", "4", "41943040"]);
    program.limits.memory = Some(96 << 20);
    program
}

#[tokio::test]
async fn the_kernel_counts_the_memory_of_the_tree() {
    if !holds(Layer::ControlGroups) {
        return;
    }
    for layers in [Layers::from([Layer::ControlGroups]), all_layers()] {
        let ended = run_inside(&layers, &family()).await;
        assert_eq!(ended.how, How::Stopped(Limit::Memory), "{layers:?}: {ended:?}");
        // It is the sum that is too much: half of the family is no trouble, nor is the whole one with more memory.
        let mut half = family();
        half.args[1] = "2".into();
        let mut roomy = family();
        roomy.limits.memory = Some(512 << 20);
        for program in [half, roomy] {
            let ended = run_inside(&layers, &program).await;
            assert_eq!(ended.how, How::Exited(0), "{layers:?}: {ended:?}");
        }
    }
}

#[tokio::test]
async fn a_program_with_the_loopback_network_can_speak_to_itself() {
    for layers in each_alone_and_all() {
        let mut program = probe(&["tcp-to-itself"]);
        program.network = Network::Loopback;
        let ended = run_inside(&layers, &program).await;
        assert_eq!(
            ended.how,
            How::Exited(0),
            "{layers:?}: {}",
            text(&ended.stderr.bytes)
        );
        assert_eq!(text(&ended.stdout.bytes), "hello\n", "{layers:?}");
    }
}

#[tokio::test]
async fn nobody_outside_is_reached_from_inside_namespaces() {
    if !holds(Layer::Namespaces) {
        return;
    }
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap().to_string();
    let connect = |network| {
        let mut program = probe(&["connect", &address]);
        program.network = network;
        program
    };
    // From outside namespaces it is: the server is there.
    let ended = run_inside(&Layers::new(), &connect(Network::Loopback)).await;
    assert_eq!(text(&ended.stdout.bytes), "connect: yes\n");
    for layers in [Layers::from([Layer::Namespaces]), all_layers()] {
        for network in [Network::None, Network::Loopback] {
            let ended = run_inside(&layers, &connect(network)).await;
            let told = text(&ended.stdout.bytes);
            assert!(
                told.starts_with("connect: no, "),
                "{layers:?}, {network:?}: {told}"
            );
        }
    }
}

#[tokio::test]
async fn a_program_without_a_network_opens_no_socket() {
    if !holds(Layer::Seccomp) {
        return;
    }
    let refused = "no, PermissionDenied";
    for layers in [Layers::from([Layer::Seccomp]), all_layers()] {
        let ended = run_inside(&layers, &probe(&["sockets"])).await;
        let expected = ["tcp", "tcp6", "udp", "unix"]
            .map(|kind| format!("{kind}: {refused}\n"))
            .concat();
        assert_eq!(
            text(&ended.stdout.bytes),
            expected + "a pair: yes\n",
            "{layers:?}"
        );

        let mut with_network = probe(&["sockets"]);
        with_network.network = Network::Loopback;
        let told = text(&run_inside(&layers, &with_network).await.stdout.bytes);
        assert!(told.starts_with("tcp: yes\n"), "{layers:?}: {told}");
        assert!(told.contains("udp: yes\n"), "{layers:?}: {told}");
        assert!(told.contains(&format!("unix: {refused}\n")), "{layers:?}: {told}");
    }
}

#[tokio::test]
async fn a_program_cannot_harm_its_warden() {
    for layers in [Layers::from([Layer::Namespaces]), all_layers()] {
        if !holds(Layer::Namespaces) {
            return;
        }
        for attempt in ["kill-the-warden", "stop-the-warden"] {
            let mut program = probe(&[attempt]);
            program.limits.wall = SHORT;
            let ended = run_inside(&layers, &program).await;
            // The signal is refused, and the program panics; or it does nothing to the first process of a namespace.
            let harmless = [How::Exited(101), How::Stopped(Limit::Stalled)];
            assert!(harmless.contains(&ended.how), "{layers:?}, {attempt}: {ended:?}");
        }
    }
}

#[tokio::test]
async fn the_executable_need_not_be_named_in_the_view() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let copy = folder.path().join("program");
    let copied = std::process::Command::new("/bin/cp")
        .arg(executable())
        .arg(&copy)
        .status()
        .unwrap();
    assert!(copied.success());
    let mut program = probe(&["exit", "7"]);
    program.path = copy;
    for layers in each_alone_and_all() {
        assert_eq!(
            run_inside(&layers, &program).await.how,
            How::Exited(7),
            "{layers:?}"
        );
    }
}
