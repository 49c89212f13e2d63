//! Fetch many pages at once, and not too many.

use std::{num::NonZeroUsize, panic, sync::Arc};

use reqwest::Client;
use serde::Deserialize;
use tokio::{sync::Semaphore, task::JoinSet};

/// What a weather station measures.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Reading {
    /// The name of the station.
    pub station: String,
    /// The temperature there.
    pub celsius: f64,
}

/// Why there is no reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No whole answer came: nobody listened, or the connection broke.
    Failed,
    /// An answer came, with a status that is none of 200 to 299.
    Status(u16),
    /// The answer is no reading.
    NotAReading,
}

/// Fetches the reading at each of `urls` through `client`, with at most `limit` requests in flight at any time. The results are in
/// the order of the URLs.
///
/// ```
/// # use tokio::{io::{AsyncReadExt, AsyncWriteExt}, net::TcpListener};
/// use std::num::NonZeroUsize;
///
/// use http_get::{FetchError, Reading, fetch_all};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
/// # let address = listener.local_addr().unwrap();
/// # tokio::spawn(async move {
/// #     let (mut stream, _) = listener.accept().await.unwrap();
/// #     let mut request = [0; 1024];
/// #     while stream.read(&mut request).await.unwrap() > 0 {
/// #         let body = r#"{"station": "Bergen", "celsius": 7.5}"#;
/// #         let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
/// #         stream.write_all((head + body).as_bytes()).await.unwrap();
/// #     }
/// # });
/// let client = reqwest::Client::new();
/// let urls = [format!("http://{address}/bergen"), "http://127.0.0.1:1/nobody-listens".to_owned()];
/// let found = fetch_all(&client, &urls, NonZeroUsize::new(2).unwrap()).await;
///
/// let bergen = Reading { station: "Bergen".to_owned(), celsius: 7.5 };
/// assert_eq!(found, [Ok(bergen), Err(FetchError::Failed)]);
/// # }
/// ```
pub async fn fetch_all(
    client: &Client,
    urls: &[String],
    limit: NonZeroUsize,
) -> Vec<Result<Reading, FetchError>> {
    // A task per URL, of which only those with a permit send a request. A place is free again as soon as its request is done with,
    // so nobody waits for the slowest of a batch.
    let permits = Arc::new(Semaphore::new(limit.get()));
    let mut tasks = JoinSet::new();
    for (place, url) in urls.iter().cloned().enumerate() {
        let (client, permits) = (client.clone(), Arc::clone(&permits));
        tasks.spawn(async move {
            let _ = permits.acquire().await;
            (place, fetch(&client, &url).await)
        });
    }

    // They end in any order. A JoinSet that is dropped half-way takes its tasks with it, and with them their requests.
    let mut results = vec![Err(FetchError::Failed); urls.len()];
    while let Some(ended) = tasks.join_next().await {
        let (place, result) = ended.unwrap_or_else(|failed| panic::resume_unwind(failed.into_panic()));
        results[place] = result;
    }
    results
}

/// One reading. To look at the status is up to the caller of `send`: an answer is an answer to reqwest, 404 or not.
async fn fetch(client: &Client, url: &str) -> Result<Reading, FetchError> {
    let response = client.get(url).send().await.map_err(|_| FetchError::Failed)?;
    if !response.status().is_success() {
        return Err(FetchError::Status(response.status().as_u16()));
    }
    // Bytes first: a body that breaks off is another mistake than one that is no JSON.
    let body = response.bytes().await.map_err(|_| FetchError::Failed)?;
    serde_json::from_slice(&body).map_err(|_| FetchError::NotAReading)
}
