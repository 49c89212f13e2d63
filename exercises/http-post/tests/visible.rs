//! Tests to run while you work: `cargo test -p http-post`. `kata check` runs more.
//!
//! Their server is a small one on a real socket of this machine.

use std::{io, net::SocketAddr};

use http_post::{LoginError, log_in};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A server that gives one answer; its address, and the request that it got.
async fn server(answer: &'static str) -> io::Result<(SocketAddr, JoinHandle<io::Result<String>>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let request = read(&mut stream).await?;
        stream.write_all(answer.as_bytes()).await?;
        Ok(request)
    });
    Ok((address, served))
}

/// Reads a request with its body, which is as long as its head says.
async fn read(stream: &mut TcpStream) -> io::Result<String> {
    let mut request = String::new();
    loop {
        let mut part = [0; 1024];
        let length = stream.read(&mut part).await?;
        request += &String::from_utf8_lossy(&part[..length]);
        let Some((head, body)) = request.split_once("\r\n\r\n") else {
            continue;
        };
        let head = head.to_ascii_lowercase();
        let wanted = head
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.lines().next());
        if length == 0 || body.len() >= wanted.and_then(|wanted| wanted.parse().ok()).unwrap_or(0) {
            return Ok(request);
        }
    }
}

#[tokio::test]
async fn the_password_is_posted() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{\"token\": \"t-7\"}";
    let (address, served) = server(answer).await.expect("a server starts");
    let token = log_in(&format!("http://{address}"), "ada", "correct horse").await;
    assert_eq!(token, Ok("t-7".to_owned()));
    let request = served.await.expect("it served").expect("it could read");
    assert!(request.starts_with("POST /login HTTP/1.1\r\n"), "{request}");
    assert!(
        request.ends_with("\r\n\r\nuser=ada&password=correct+horse"),
        "{request}"
    );
}

#[tokio::test]
async fn a_wrong_password_is_denied() {
    let (address, _) = server("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n")
        .await
        .expect("a server starts");
    let denied = log_in(&format!("http://{address}"), "ada", "1234").await;
    assert_eq!(denied, Err(LoginError::Denied));
}

#[tokio::test]
async fn nobody_listens() {
    assert_eq!(
        log_in("http://127.0.0.1:1", "ada", "1234").await,
        Err(LoginError::Failed)
    );
}
