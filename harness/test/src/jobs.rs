//! Jobs for the submission to run, whose comings and goings are written down.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::sleep;

use crate::{
    Verdict,
    check::fail_with,
    timeline::{Lane, Of, Span},
};

/// Jobs that a test hands to the submission. It counts what becomes of them, and when one of its checks fails, the learner
/// sees them on the virtual clock.
///
/// ```
/// use kata_test::prelude::*;
///
/// # async fn test() {
/// let jobs = Jobs::new();
/// let (one, other) = tokio::join!(jobs.job(secs(1), "one"), jobs.job(secs(3), "other"));
/// check_eq!((one, other), ("one", "other"), "what they return");
/// check_eq!(jobs.most_at_once(), 2, "jobs under way at once");
/// check_eq!(jobs.done(), [0, 1], "the order in which they were done");
/// # }
/// ```
#[derive(Debug)]
pub struct Jobs {
    lane: Arc<Lane>,
    book: Arc<Mutex<Book>>,
}

#[derive(Debug, Default)]
struct Book {
    made: usize,
    begun: usize,
    under_way: usize,
    most_at_once: usize,
    done: Vec<usize>,
    given_up: usize,
}

impl Jobs {
    /// None so far; their time begins now.
    #[expect(clippy::new_without_default, reason = "it looks at the clock")]
    pub fn new() -> Jobs {
        Jobs {
            lane: Arc::new(Lane::new(Of::Jobs)),
            book: Arc::default(),
        }
    }

    /// A job that waits for so long, and then returns that.
    pub fn job<T>(&self, takes: Duration, result: T) -> impl Future<Output = T> + Send + 'static + use<T>
    where
        T: Send + 'static,
    {
        self.track(async move {
            sleep(takes).await;
            result
        })
    }

    /// `future` as a job: it begins when it is first polled.
    pub fn track<F>(&self, future: F) -> impl Future<Output = F::Output> + Send + 'static + use<F>
    where
        F: Future + Send + 'static,
    {
        let mut book = book(&self.book);
        book.made += 1;
        Job {
            number: book.made - 1,
            future: Some(Box::pin(future)),
            under_way: None,
            lane: Arc::clone(&self.lane),
            book: Arc::clone(&self.book),
        }
    }

    /// How many have begun.
    pub fn begun(&self) -> usize {
        book(&self.book).begun
    }

    /// The most that were ever under way at once.
    pub fn most_at_once(&self) -> usize {
        book(&self.book).most_at_once
    }

    /// Those that are done, in the order in which they were: the first that was made is 0.
    pub fn done(&self) -> Vec<usize> {
        book(&self.book).done.clone()
    }

    /// How many were dropped half-way.
    pub fn given_up(&self) -> usize {
        book(&self.book).given_up
    }

    /// How many are under way.
    pub fn under_way(&self) -> usize {
        book(&self.book).under_way
    }
}

fn book(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Job<F> {
    number: usize,
    /// `None` when it is done.
    future: Option<Pin<Box<F>>>,
    under_way: Option<Span>,
    lane: Arc<Lane>,
    book: Arc<Mutex<Book>>,
}

impl<F: Future> Future for Job<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        if self.under_way.is_none() && self.future.is_some() {
            self.under_way = Some(self.lane.begin(&format!("job {}", self.number + 1)));
            let mut book = book(&self.book);
            book.begun += 1;
            book.under_way += 1;
            book.most_at_once = book.most_at_once.max(book.under_way);
        }
        let number = self.number + 1;
        let Some(future) = &mut self.future else {
            fail_with(
                Verdict::WrongAnswer,
                format!("job {number} is polled again, although it is done"),
            );
        };
        let result = future.as_mut().poll(cx);
        if result.is_ready()
            && let Some(span) = self.under_way.take()
        {
            self.future = None;
            span.done();
            let mut book = book(&self.book);
            book.under_way -= 1;
            book.done.push(self.number);
        }
        result
    }
}

impl<F> Drop for Job<F> {
    fn drop(&mut self) {
        if self.under_way.is_some() {
            let mut book = book(&self.book);
            book.under_way -= 1;
            book.given_up += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use kata_protocol::{Verdict, timeline::End};
    use tokio::time::timeout;

    use super::*;
    use crate::{check_eq, secs, virtual_time};

    #[test]
    fn what_becomes_of_jobs_is_counted() {
        let outcome = virtual_time::run(|| async {
            let jobs = Jobs::new();
            let all = async {
                tokio::join!(jobs.job(secs(3), 3), jobs.job(secs(1), 1), jobs.job(secs(9), 9));
            };
            drop(jobs.job(secs(1), 0));
            assert!(timeout(secs(5), all).await.is_err());
            check_eq!(jobs.begun(), 3);
            check_eq!(jobs.most_at_once(), 3);
            // The one that never began was made before them.
            check_eq!(jobs.done(), [2, 1]);
            check_eq!((jobs.given_up(), jobs.under_way()), (1, 0));
        });
        assert_eq!(outcome.verdict, Verdict::Pass, "{outcome:?}");
        assert_eq!(outcome.timeline, None);
    }

    #[test]
    fn a_failure_comes_with_the_times_of_the_last_jobs() {
        let outcome = virtual_time::run(|| async {
            let earlier = Jobs::new();
            earlier.job(secs(7), ()).await;
            let jobs = Jobs::new();
            jobs.job(secs(2), ()).await;
            let mut given_up = Box::pin(jobs.job(secs(9), ()));
            assert!(timeout(secs(1), &mut given_up).await.is_err());
            drop(given_up);
            let mut open = Box::pin(jobs.job(secs(9), ()));
            assert!(timeout(secs(1), &mut open).await.is_err());
            // An older one has no say any more.
            earlier.job(secs(1), ()).await;
            check_eq!(jobs.begun(), 99, "how many");
        });
        assert_eq!(outcome.verdict, Verdict::WrongAnswer);
        let timeline = outcome.timeline.unwrap();
        let second = 1_000_000_000;
        let spans: Vec<_> = timeline
            .spans
            .iter()
            .map(|span| (span.began_ns / second, span.end))
            .collect();
        let expected = [
            (0, Some((2 * second, End::Done))),
            (2, Some((3 * second, End::GivenUp))),
            (3, None),
        ];
        assert_eq!(spans, expected);
        assert_eq!((timeline.most_at_once, timeline.left_out), (1, 0));
    }

    #[test]
    fn a_thousand_jobs_are_counted_and_not_all_carried() {
        let outcome = virtual_time::run(|| async {
            let jobs = Jobs::new();
            let mut set = tokio::task::JoinSet::new();
            for _ in 0..1000 {
                set.spawn(jobs.job(secs(1), ()));
            }
            set.join_all().await;
            check_eq!(jobs.most_at_once(), 3, "at once");
        });
        let timeline = outcome.timeline.unwrap();
        assert_eq!(
            (timeline.spans.len(), timeline.left_out, timeline.most_at_once),
            (256, 744, 1000)
        );
    }
}
