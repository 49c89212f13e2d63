//! Tests to run while you work: `cargo test -p http-get`. `kata check` runs more.
//!
//! Their server is a small one on a real socket of this machine. It answers one request after the other, so how many are in flight at
//! once is for `kata check` to see.

use std::{io, net::SocketAddr, num::NonZeroUsize};

use http_get::{FetchError, Reading, fetch_all};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A server with a station in Bergen, and nothing else; its address.
async fn server() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer_all(stream));
        }
    });
    Ok(address)
}

async fn answer_all(mut stream: TcpStream) -> io::Result<()> {
    let mut request = [0; 4096];
    loop {
        let length = stream.read(&mut request).await?;
        let answer: &[u8] = match request.get(..length) {
            None | Some([]) => return Ok(()),
            Some(text) if text.starts_with(b"GET /bergen ") => {
                b"HTTP/1.1 200 OK\r\ncontent-length: 37\r\n\r\n{\"station\": \"Bergen\", \"celsius\": 7.5}"
            }
            Some(_) => b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
        };
        stream.write_all(answer).await?;
    }
}

fn bergen() -> Reading {
    Reading {
        station: "Bergen".to_owned(),
        celsius: 7.5,
    }
}

async fn fetch(paths: &[&str], limit: usize) -> Vec<Result<Reading, FetchError>> {
    let address = server().await.expect("a server starts");
    let urls: Vec<String> = paths
        .iter()
        .map(|path| format!("http://{address}{path}"))
        .collect();
    let limit = NonZeroUsize::new(limit).expect("a limit");
    fetch_all(&reqwest::Client::new(), &urls, limit).await
}

#[tokio::test]
async fn a_reading_is_read() {
    assert_eq!(
        fetch(&["/bergen"; 3], 2).await,
        [Ok(bergen()), Ok(bergen()), Ok(bergen())]
    );
}

#[tokio::test]
async fn a_status_is_looked_at() {
    let expected = [Ok(bergen()), Err(FetchError::Status(404))];
    assert_eq!(fetch(&["/bergen", "/atlantis"], 2).await, expected);
}

#[tokio::test]
async fn nobody_listens() {
    let urls = ["http://127.0.0.1:1/".to_owned()];
    let found = fetch_all(&reqwest::Client::new(), &urls, NonZeroUsize::MIN).await;
    assert_eq!(found, [Err(FetchError::Failed)]);
}
