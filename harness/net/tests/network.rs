//! What the network does, where a real one leaves it to luck.

use std::{io::ErrorKind, time::Duration};

use kata_net::{TcpListener, TcpSocket, TcpStream};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Instant, sleep, timeout},
};

/// A listener, and the two ends of a connection to it.
async fn connected() -> (TcpListener, TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("it works");
    let client = TcpStream::connect(address).await.expect("it works");
    let (server, peer) = listener.accept().await.expect("it works");
    assert_eq!(peer, client.local_addr().expect("it works"));
    assert_eq!(client.peer_addr().expect("it works"), address);
    (listener, client, server)
}

#[tokio::test(start_paused = true)]
async fn bytes_arrive_in_both_directions() {
    let (_listener, mut client, mut server) = connected().await;
    client.write_all(b"ping").await.unwrap();
    let mut four = [0; 4];
    server.read_exact(&mut four).await.unwrap();
    assert_eq!(&four, b"ping");
    server.write_all(b"pong").await.unwrap();
    drop(server);
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.unwrap();
    assert_eq!(rest, b"pong");
    assert_eq!(
        client.write_all(b"?").await.unwrap_err().kind(),
        ErrorKind::BrokenPipe
    );
}

#[tokio::test(start_paused = true)]
async fn a_reset_is_an_error_after_what_was_sent() {
    let (_listener, mut client, mut server) = connected().await;
    server.write_all(b"so far").await.unwrap();
    server.set_zero_linger().unwrap();
    drop(server);
    let mut rest = [0; 6];
    client.read_exact(&mut rest).await.unwrap();
    assert_eq!(&rest, b"so far");
    assert_eq!(
        client.read(&mut rest).await.unwrap_err().kind(),
        ErrorKind::ConnectionReset
    );
    assert_eq!(
        client.write(b"?").await.unwrap_err().kind(),
        ErrorKind::ConnectionReset
    );
}

#[tokio::test(start_paused = true)]
async fn a_half_that_is_dropped_ends_what_it_writes() {
    let (_listener, client, mut server) = connected().await;
    let (mut reads, mut writes) = client.into_split();
    writes.write_all(b"all").await.unwrap();
    drop(writes);
    let mut all = String::new();
    server.read_to_string(&mut all).await.unwrap();
    assert_eq!(all, "all");
    server.write_all(b"thanks").await.unwrap();
    drop(server);
    let mut answer = String::new();
    reads.read_to_string(&mut answer).await.unwrap();
    assert_eq!(answer, "thanks");
}

#[tokio::test(start_paused = true)]
async fn who_writes_waits_for_who_reads() {
    let (_listener, mut client, mut server) = connected().await;
    let much = vec![7; 1 << 20];
    let expected = much.clone();
    let sends = tokio::spawn(async move { client.write_all(&much).await });
    sleep(Duration::from_secs(1)).await;
    assert!(!sends.is_finished(), "a megabyte has no room on the way");
    let mut all = Vec::new();
    server.read_to_end(&mut all).await.unwrap();
    assert!(all == expected);
    sends.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn where_nobody_listens_is_refused() {
    let refused = async |at: &str| TcpStream::connect(at).await.unwrap_err().kind();
    assert_eq!(refused("127.0.0.1:1").await, ErrorKind::ConnectionRefused);
    assert_eq!(refused("nowhere.example:80").await, ErrorKind::NotFound);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let mut waiting = TcpStream::connect(&address).await.unwrap();
    // Who was not accepted is turned away.
    drop(listener);
    assert_eq!(
        waiting.read(&mut [0]).await.unwrap_err().kind(),
        ErrorKind::ConnectionReset
    );
    assert_eq!(refused(&address).await, ErrorKind::ConnectionRefused);
}

#[tokio::test(start_paused = true)]
async fn a_black_hole_takes_for_ever() {
    let start = Instant::now();
    let day = Duration::from_secs(24 * 60 * 60);
    assert!(timeout(day, TcpStream::connect("192.0.2.7:80")).await.is_err());
    assert_eq!(start.elapsed(), day);
}

#[tokio::test(start_paused = true)]
async fn an_address_has_one_listener() {
    let first = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = first.local_addr().unwrap();
    let second = TcpListener::bind(address).await;
    assert_eq!(second.unwrap_err().kind(), ErrorKind::AddrInUse);
    drop(first);
    TcpListener::bind(address).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_makes_others_wait() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let first = TcpStream::connect(address).await.unwrap();
    let second = tokio::spawn(TcpStream::connect(address));
    sleep(Duration::from_secs(1)).await;
    assert!(!second.is_finished(), "one waits already");
    listener.accept().await.unwrap();
    second.await.unwrap().unwrap();
    drop(first);
}

#[tokio::test(start_paused = true)]
async fn a_listener_of_every_address_hears_all() {
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    TcpStream::connect(("10.0.0.7".parse::<std::net::IpAddr>().unwrap(), port))
        .await
        .unwrap();
    TcpStream::connect(("localhost", port)).await.unwrap();
    listener.accept().await.unwrap();
    listener.accept().await.unwrap();
}
