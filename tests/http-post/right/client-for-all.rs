//! Log in, and tell nobody else the password.

use std::{sync::LazyLock, time::Duration};

use reqwest::{Client, Response, header::RETRY_AFTER, redirect::Policy};
use serde::Deserialize;
use tokio::time::sleep;

/// How long the service may take to answer a request.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How often it is asked, at most.
pub const ATTEMPTS: usize = 3;

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginError {
    /// 401 or 403: not with this password.
    Denied,
    /// 429, and again, or without a word on how long to wait.
    Busy,
    /// 300 to 399: the service wants the password to be sent elsewhere.
    Moved,
    /// Any other status that is none of 200 to 299.
    Status(u16),
    /// It has worked, says the status, and there is no token in the answer.
    NoToken,
    /// No answer within [`PATIENCE`].
    TimedOut,
    /// No answer for another reason: nobody listened, or the connection broke.
    Failed,
}

/// The answer of a service that lets somebody in.
#[derive(Deserialize)]
struct Welcome {
    token: String,
}

/// Logs `user` in at the service at `base`, a URL without a slash at its end, and returns the token that it gives out.
///
/// # Errors
///
/// See [`LoginError`].
///
/// ```
/// # use tokio::{io::{AsyncReadExt, AsyncWriteExt}, net::TcpListener};
/// use http_post::log_in;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
/// # let address = listener.local_addr().unwrap();
/// # tokio::spawn(async move {
/// #     let (mut stream, _) = listener.accept().await.unwrap();
/// #     let mut request = String::new();
/// #     while !request.contains("user=ada") {
/// #         let mut part = [0; 1024];
/// #         let length = stream.read(&mut part).await.unwrap();
/// #         request += std::str::from_utf8(&part[..length]).unwrap();
/// #     }
/// #     assert!(request.starts_with("POST /login HTTP/1.1\r\n"), "{request}");
/// #     let body = r#"{"token": "t-7"}"#;
/// #     let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
/// #     stream.write_all((head + body).as_bytes()).await.unwrap();
/// # });
/// let base = format!("http://{address}");
/// assert_eq!(log_in(&base, "ada", "correct horse").await, Ok("t-7".to_owned()));
/// # }
/// ```
pub async fn log_in(base: &str, user: &str, password: &str) -> Result<String, LoginError> {
    let client = &*CLIENT;
    for attempt in 1..=ATTEMPTS {
        let request = client.post(format!("{base}/login"));
        // The form escapes what has a meaning of its own in it: a password may be `a&b=c`.
        let answer = request
            .form(&[("user", user), ("password", password)])
            .send()
            .await;
        let answer = answer.map_err(failure)?;
        match answer.status().as_u16() {
            200..=299 => {
                // Bytes first: an answer that breaks off is another mistake than one without a token, and `json` makes them one.
                let body = answer.bytes().await.map_err(failure)?;
                let welcome = serde_json::from_slice(&body);
                return welcome
                    .map(|Welcome { token }| token)
                    .map_err(|_| LoginError::NoToken);
            }
            401 | 403 => return Err(LoginError::Denied),
            429 => match retry_after(&answer) {
                Some(pause) if attempt < ATTEMPTS => sleep(pause).await,
                _ => return Err(LoginError::Busy),
            },
            300..=399 => return Err(LoginError::Moved),
            // Not again: nobody knows how far the service got with it.
            other => return Err(LoginError::Status(other)),
        }
    }
    Err(LoginError::Busy)
}

/// Made once: a client keeps connections for later.
static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE);
    client.build().expect("nothing in it can fail")
});

/// How long the service asks to wait.
fn retry_after(answer: &Response) -> Option<Duration> {
    let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?;
    seconds.parse().ok().map(Duration::from_secs)
}

/// Why a request had no answer.
fn failure(error: reqwest::Error) -> LoginError {
    if error.is_timeout() {
        LoginError::TimedOut
    } else {
        LoginError::Failed
    }
}
