//! Memory and files, and the kernel's own limits.

use kata_sandbox::{How, Program};

use crate::scene::{probe, run, text};

#[tokio::test]
async fn memory_is_granted_up_to_the_limit() {
    for (bytes, answer) in [(64_u64 << 20, "granted\n"), (4 << 30, "refused\n")] {
        let mut program = probe(&["allocate", &bytes.to_string()]);
        program.limits.memory = Some(256 << 20);
        let ended = run(&program).await;
        assert_eq!(
            (ended.how, &text(&ended.stdout.bytes)[..]),
            (How::Exited(0), answer)
        );
    }
}

#[tokio::test]
async fn it_is_the_limit_that_refuses_memory() {
    let mut program = probe(&["allocate", &(512_u64 << 20).to_string()]);
    program.limits.memory = Some(256 << 20);
    assert_eq!(text(&run(&program).await.stdout.bytes), "refused\n");
    program.limits.memory = None;
    assert_eq!(text(&run(&program).await.stdout.bytes), "granted\n");
}

#[tokio::test]
async fn reserved_address_space_is_no_memory() {
    // Sixteen threads reserve 64 MiB each for glibc's arenas, of which they use next to nothing.
    let mut program = probe(&["threads", "16"]);
    program.limits.memory = Some(256 << 20);
    program.limits.wall = std::time::Duration::from_millis(300);
    let ended = run(&program).await;
    assert_eq!(ended.threads.len(), 16, "{ended:?}");
}

#[tokio::test]
async fn a_file_may_reach_its_limit_and_not_pass_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    for (length, how) in [("10000", How::Exited(0)), ("10001", How::Signalled(25))] {
        let ended = run(&probe(&["write-file", path.to_str().unwrap(), length])).await;
        assert_eq!(ended.how, how, "SIGXFSZ is 25");
        assert_eq!(path.metadata().unwrap().len(), 10_000);
    }
}

#[tokio::test]
async fn the_kernel_enforces_what_it_can() {
    let program = probe(&["surroundings"]);
    let ended = run(&Program {
        path: "/bin/cat".into(),
        args: vec!["/proc/self/limits".into()],
        ..program
    })
    .await;
    let limits = text(&ended.stdout.bytes);
    // Soft and hard; CPU time is a second beyond the warden's own limit of 10 s, and is rounded up.
    for (name, soft, hard) in [
        ("Max cpu time", "12", "13"),
        ("Max file size", "10000", "10000"),
        ("Max data size", "1073741824", "1073741824"),
        ("Max stack size", "8388608", "8388608"),
        ("Max core file size", "1", "1"),
        ("Max open files", "64", "64"),
    ] {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        let fields: Vec<&str> = line[name.len()..].split_whitespace().collect();
        assert_eq!(fields[..2], [soft, hard], "{name}");
    }
}
