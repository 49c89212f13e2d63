//! What needs other processes and sockets, which hidden tests have none of: on the loop each wait is seen, elsewhere it is std's.

#![allow(
    clippy::unwrap_used,
    reason = "in a test, a panic with its line is the message"
)]

use std::{
    cell::RefCell,
    io::{Read, Write},
    panic::{AssertUnwindSafe, catch_unwind, panic_any},
    thread,
};

use kata_calls::event_loop::{self, Watch};
use kata_std_async::{
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
};

thread_local! {
    static SEEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The call with which `body` would block the loop.
fn seen(body: impl FnOnce()) -> Option<String> {
    event_loop::watch(Watch {
        // In place of the end of the process.
        blocked: |blocked| {
            SEEN.with_borrow_mut(|seen| seen.push(blocked.what.to_string()));
            panic_any(());
        },
        alone: || false,
        depth: 0,
    });
    let _ = catch_unwind(AssertUnwindSafe(|| event_loop::during(body)));
    let seen = SEEN.with_borrow_mut(Vec::pop)?;
    Some(seen.trim_matches('`').to_owned())
}

#[test]
fn a_wait_for_a_process_is_seen() {
    let child = || {
        let mut command = Command::new("cat");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    };
    assert_eq!(seen(|| drop(child().output())), Some("Command::output".into()));
    assert_eq!(seen(|| drop(child().status())), Some("Command::status".into()));
    let mut started = child().spawn().unwrap();
    assert_eq!(seen(|| drop(started.wait())), Some("Child::wait".into()));
    let mut input = started.stdin.take().unwrap();
    assert_eq!(
        seen(|| drop(input.write(b"text"))),
        Some("ChildStdin::write".into())
    );
    assert_eq!(seen(|| drop(started.try_wait())), None);
    // It is all there elsewhere.
    input.write_all(b"text").unwrap();
    drop(input);
    let mut output = started.stdout.take().unwrap();
    assert_eq!(
        seen(|| drop(output.read(&mut [0; 8]))),
        Some("ChildStdout::read".into())
    );
    let mut text = String::new();
    output.read_to_string(&mut text).unwrap();
    assert_eq!(text, "text");
    assert!(started.wait().unwrap().success());
    let started = child().spawn().unwrap();
    assert_eq!(
        seen(|| drop(started.wait_with_output())),
        Some("Child::wait_with_output".into())
    );
    let mut started = child().spawn().unwrap();
    started.stdin.as_mut().unwrap().write_all(b"more").unwrap();
    assert_eq!(started.wait_with_output().unwrap().stdout, b"more");
}

#[test]
fn a_socket_that_does_not_wait_is_none_to_wait_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    assert_eq!(
        seen(|| drop(TcpStream::connect(address))),
        Some("TcpStream::connect".into())
    );
    let mut client = TcpStream::connect(address).unwrap();
    assert_eq!(
        seen(|| drop(listener.accept())),
        Some("TcpListener::accept".into())
    );
    let (mut server, _) = listener.accept().unwrap();
    listener.set_nonblocking(true).unwrap();
    assert_eq!(seen(|| assert!(listener.accept().is_err())), None);
    let writes = thread::spawn(move || client.write_all(b"text"));
    let mut text = [0; 4];
    assert_eq!(
        seen(|| drop(server.read_exact(&mut text))),
        Some("TcpStream::read".into())
    );
    server.read_exact(&mut text).unwrap();
    assert_eq!(&text, b"text");
    writes.join().unwrap().unwrap();
    // What is cloned is the same socket.
    server.try_clone().unwrap().set_nonblocking(true).unwrap();
    assert_eq!(seen(|| drop(server.read(&mut text))), None);
}
