//! An HTTP server for hidden tests, which does what it is told and remembers everything.
//!
//! It runs in the test's own process, on its runtime, and listens on the [network in memory](kata_net): it sees what the submission's client
//! does, in the order in which it does it, and the paused clock goes on only when both of them wait. So the most requests that were in flight
//! at once, and when each came and went, are facts that no busy machine can bend.
//!
//! ```no_run
//! # async fn fetch_all(urls: &[String]) {}
//! # async fn test() {
//! use std::time::Duration;
//! use kata_http::{Answer, Server};
//!
//! let server = Server::start().await;
//! for page in ["/1", "/2", "/3"] {
//!     server.answers(page, [Answer::text(page).after(Duration::from_secs(1))]);
//! }
//! fetch_all(&["/1", "/2", "/3"].map(|page| server.url(page))).await;
//! assert_eq!(server.most_in_flight(), 3);
//! assert!(server.requests().iter().all(|request| request.method == "GET"));
//! # }
//! ```

mod answer;
mod record;
mod request;
mod server;
mod tap;

pub use answer::Answer;
pub use request::{Left, Request};
pub use server::Server;
