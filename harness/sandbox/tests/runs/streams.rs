//! Streams are kept up to their limits, exactly, and nobody waits for one that is held open.

use kata_sandbox::{How, Limit};

use crate::scene::{probe, run, shell, text};

#[tokio::test]
async fn both_streams_are_captured() {
    let ended = run(&shell("echo out; echo err >&2; echo more")).await;
    assert_eq!(text(&ended.stdout.bytes), "out\nmore\n");
    assert_eq!(text(&ended.stderr.bytes), "err\n");
    assert!(!ended.stdout.cut && !ended.stderr.cut);
}

#[tokio::test]
async fn a_stream_may_reach_its_limit() {
    let ended = run(&probe(&["print", "10000"])).await;
    assert_eq!(ended.how, How::Exited(0));
    assert_eq!((ended.stdout.bytes.len(), ended.stdout.cut), (10_000, false));
}

#[tokio::test]
async fn one_byte_more_is_too_much_however_soon_the_program_ends() {
    for _ in 0..20 {
        let ended = run(&probe(&["print", "10001"])).await;
        assert_eq!(ended.how, How::Stopped(Limit::Output));
        assert_eq!((ended.stdout.bytes.len(), ended.stdout.cut), (10_000, true));
        assert!(!ended.stderr.cut);
    }
}

#[tokio::test]
async fn a_flood_is_stopped() {
    let ended = run(&shell("while :; do echo flood; done")).await;
    assert_eq!(ended.how, How::Stopped(Limit::Output));
    assert_eq!(text(&ended.stdout.bytes), "flood\n".repeat(1667)[..10_000]);
}

#[tokio::test]
async fn a_flood_of_errors_is_stopped_too() {
    let ended = run(&probe(&["print-error", "10000000000"])).await;
    assert_eq!(ended.how, How::Stopped(Limit::Output));
    assert_eq!((ended.stderr.bytes.len(), ended.stderr.cut), (10_000, true));
    assert!(!ended.stdout.cut);
}

#[tokio::test]
async fn nothing_may_be_printed_where_the_limit_is_nothing() {
    let mut program = probe(&["print", "1"]);
    program.limits.output = 0;
    assert_eq!(run(&program).await.how, How::Stopped(Limit::Output));
}

#[tokio::test]
async fn a_request_is_answered() {
    let mut program = probe(&["echo"]);
    program.limits.reply = 1_000_000;
    // Empty, with every byte, and longer than any buffer of a socket.
    for request in [Vec::new(), (0..=255).collect(), b"0123456789".repeat(100_000)] {
        program.request = Some(request.clone());
        let ended = run(&program).await;
        assert_eq!(ended.how, How::Exited(0));
        assert!(ended.reply == request);
        assert!(ended.stdout.bytes.is_empty());
    }
}

#[tokio::test]
async fn a_request_need_not_be_read() {
    let mut program = probe(&["exit", "3"]);
    program.request = Some(vec![b'x'; 1 << 20]);
    let ended = run(&program).await;
    assert_eq!((ended.how, &ended.reply[..]), (How::Exited(3), &b""[..]));
}

#[tokio::test]
async fn a_reply_may_reach_its_limit() {
    let mut program = probe(&["reply", "10000"]);
    program.request = Some(Vec::new());
    let ended = run(&program).await;
    assert_eq!((ended.how, ended.reply.len()), (How::Exited(0), 10_000));
}

#[tokio::test]
async fn a_reply_beyond_its_limit_can_be_told_from_one_at_it() {
    for length in ["10001", "20000", "10000000000"] {
        let mut program = probe(&["reply", length]);
        program.request = Some(Vec::new());
        let ended = run(&program).await;
        assert_eq!(
            (ended.how, ended.reply.len()),
            (How::Stopped(Limit::Reply), 10_001)
        );
    }
}

#[tokio::test]
async fn a_program_that_closes_its_streams_is_still_watched() {
    let mut program = shell("exec <&- >&- 2>&-; sleep 600");
    program.request = Some(vec![b'x'; 1 << 20]);
    program.limits.wall = std::time::Duration::from_millis(300);
    assert_eq!(run(&program).await.how, How::Stopped(Limit::Stalled));
}
