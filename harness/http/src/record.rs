//! The book of what came.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use kata_test::timeline::{Lane, Of, Span};
use tokio::{
    sync::Notify,
    time::{Instant, timeout},
};

use crate::{Answer, Left, Request};

/// What a server was told, and what it has seen.
#[derive(Debug)]
pub(crate) struct Record {
    started: Instant,
    /// For a learner who fails.
    lane: Lane,
    book: Mutex<Book>,
    /// Rung when requests that waited for each other are answered.
    released: Notify,
}

#[derive(Debug, Default)]
struct Book {
    answers: BTreeMap<String, Script>,
    requests: Vec<Request>,
    in_flight: usize,
    most_in_flight: usize,
    /// How many wait for others, and how often such a wait has come to an end.
    waiting: usize,
    releases: u64,
    connections: usize,
}

/// What is done with the requests to one path, one after the other; with the last answer for all others.
#[derive(Debug)]
struct Script {
    answers: Vec<Answer>,
    next: usize,
}

/// A request in flight. When it is dropped, the client has gone.
pub(crate) struct Flight {
    record: Arc<Record>,
    number: usize,
    left: Left,
    span: Option<Span>,
}

impl Record {
    pub(crate) fn new() -> Record {
        Record {
            started: Instant::now(),
            lane: Lane::new(Of::Requests),
            book: Mutex::default(),
            released: Notify::new(),
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tell(&self, path: &str, answers: Vec<Answer>) {
        self.book()
            .answers
            .insert(path.to_owned(), Script { answers, next: 0 });
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.book().requests.clone()
    }

    pub(crate) fn in_flight(&self) -> usize {
        self.book().in_flight
    }

    pub(crate) fn most_in_flight(&self) -> usize {
        self.book().most_in_flight
    }

    /// The number of a new connection.
    pub(crate) fn connection(&self) -> usize {
        let mut book = self.book();
        book.connections += 1;
        book.connections - 1
    }

    /// Writes down a request that has come, without its body.
    pub(crate) fn begin(self: &Arc<Record>, mut request: Request) -> Flight {
        let span = self.lane.begin(&format!("{} {}", request.method, request.path()));
        let mut book = self.book();
        request.came = self.started.elapsed();
        book.requests.push(request);
        book.in_flight += 1;
        book.most_in_flight = book.most_in_flight.max(book.in_flight);
        Flight {
            record: Arc::clone(self),
            number: book.requests.len() - 1,
            left: Left::GivenUp,
            span: Some(span),
        }
    }
}

impl Flight {
    /// Adds to its body.
    pub(crate) fn body(&self, bytes: &[u8]) {
        self.record.book().requests[self.number].body.extend(bytes);
    }

    /// What is to be done with it.
    pub(crate) fn answer(&self) -> Answer {
        let mut book = self.record.book();
        let path = book.requests[self.number].path().to_owned();
        let Some(script) = book.answers.get_mut(&path) else {
            return Answer::status(404);
        };
        let answer = script.answers.get(script.next).or(script.answers.last());
        script.next += 1;
        answer.cloned().unwrap_or_else(|| Answer::status(404))
    }

    /// Waits until so many wait here; whether they ever did.
    pub(crate) async fn wait_for(&self, others: usize) -> bool {
        let release = {
            let mut book = self.record.book();
            if book.waiting + 1 >= others {
                book.waiting = 0;
                book.releases += 1;
                self.record.released.notify_waiters();
                return true;
            }
            book.waiting += 1;
            book.releases
        };
        let mut place = Place {
            record: &self.record,
            release,
        };
        let released = timeout(Answer::IN_VAIN, place.released()).await;
        released.is_ok()
    }

    /// The server has done with it what it was told.
    pub(crate) fn answered(mut self) {
        self.left = Left::Answered;
        if let Some(span) = self.span.take() {
            span.done();
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let elapsed = self.record.started.elapsed();
        let mut book = self.record.book();
        book.in_flight -= 1;
        book.requests[self.number].left = Some((self.left, elapsed));
    }
}

/// The place of one among those that wait for each other.
struct Place<'a> {
    record: &'a Record,
    /// The release that it waits for.
    release: u64,
}

impl Place<'_> {
    fn is_released(&self) -> bool {
        self.record.book().releases > self.release
    }

    async fn released(&mut self) {
        loop {
            let rung = self.record.released.notified();
            if self.is_released() {
                return;
            }
            rung.await;
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        // Who goes away while it waits is not waited for.
        if !self.is_released() {
            self.record.book().waiting -= 1;
        }
    }
}
