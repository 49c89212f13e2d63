//! The server.

use std::{future::pending, io, net::Ipv4Addr, net::SocketAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Response, body::Incoming, header::CONNECTION, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use kata_net::{TcpListener, TcpStream};
use tokio::{
    task::{AbortHandle, JoinSet},
    time::sleep,
};

use crate::{
    Answer, Request,
    answer::Way,
    record::Record,
    tap::{End, Orders, Tap},
};

/// A server of HTTP/1.1. It ends, with its connections, when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    record: Arc<Record>,
    task: AbortHandle,
}

impl Server {
    /// Starts one at a free port of 127.0.0.1, on the runtime that this is called on. Until it is told otherwise, it answers 404.
    ///
    /// # Panics
    ///
    /// When no port is left.
    pub async fn start() -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let record = Arc::new(Record::new());
        let task = tokio::spawn(serve(listener, Arc::clone(&record)));
        Server {
            address,
            record,
            task: task.abort_handle(),
        }
    }

    /// The URL of a path, which begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What is done with requests to `path`, one after the other; with the last answer for all others. Without any, it is 404.
    pub fn answers(&self, path: &str, answers: impl IntoIterator<Item = Answer>) {
        self.record.tell(path, answers.into_iter().collect());
    }

    /// All requests, in the order in which they came.
    pub fn requests(&self) -> Vec<Request> {
        self.record.requests()
    }

    /// How many requests wait for their answers.
    pub fn in_flight(&self) -> usize {
        self.record.in_flight()
    }

    /// The most requests that ever waited for their answers at once.
    pub fn most_in_flight(&self) -> usize {
        self.record.most_in_flight()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, record: Arc<Record>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(connection(stream, Arc::clone(&record)));
    }
}

async fn connection(stream: TcpStream, record: Arc<Record>) {
    let number = record.connection();
    let (tap, orders) = Tap::new(stream);
    let service = service_fn(|request| answer(request, number, &record, &orders));
    // What the time of day is, no test wants to know.
    let mut server = http1::Builder::new();
    let served = server
        .auto_date_header(false)
        .serve_connection(TokioIo::new(tap), service);
    // How it ended is in the record.
    drop(served.await);
}

async fn answer(
    request: hyper::Request<Incoming>,
    connection: usize,
    record: &Arc<Record>,
    orders: &Orders,
) -> io::Result<Response<Full<Bytes>>> {
    let (head, mut body) = request.into_parts();
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    let flight = record.begin(Request {
        method: head.method.as_str().to_owned(),
        target: head.uri.to_string(),
        headers: headers.collect(),
        body: Vec::new(),
        connection,
        came: Duration::ZERO,
        left: None,
    });
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(io::Error::other)?;
        if let Some(bytes) = frame.data_ref() {
            flight.body(bytes);
        }
    }
    let mut answer = flight.answer();
    if answer.together > 1 && !flight.wait_for(answer.together).await {
        answer = Answer::status(503);
    }
    if !answer.after.is_zero() {
        sleep(answer.after).await;
    }
    let hangs_up = || Err(io::ErrorKind::ConnectionAborted.into());
    let response = match answer.way {
        Way::Whole => Ok(response(&answer)),
        Way::CutShort | Way::Raw | Way::HalfAndNoMore => {
            let end = match answer.way {
                Way::HalfAndNoMore => End::Stays,
                _ => End::Ends,
            };
            orders.say(answer.raw(), end);
            let mut response = Response::new(Full::default());
            response
                .headers_mut()
                .insert(CONNECTION, "close".parse().map_err(io::Error::other)?);
            Ok(response)
        }
        Way::HangsUp => hangs_up(),
        Way::Resets => {
            orders.reset();
            hangs_up()
        }
        Way::Stalls => pending().await,
    };
    flight.answered();
    response
}

/// A whole answer.
///
/// # Panics
///
/// When the test wants to answer with what is no status or no header.
fn response(answer: &Answer) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    let response = response.body(Full::from(answer.body.clone()));
    response.expect("the test answers with a status and with headers")
}
