//! Work and span of what a test of kind `ideal` runs.

use std::{
    ops::Range,
    sync::{Mutex, PoisonError},
};

use kata_model::{Reading, ThreadInfo, Trace, reading};
use kata_protocol::{
    Verdict,
    measure::{Measure, Parallelism, TIMELINE_COLUMNS, Worker},
};

use crate::{check::fail_with, count, mode::Mode};

/// Declares `units` of work on the calling thread: on the ideal machine, or on the event loop of an async test. Elsewhere it does nothing.
#[track_caller]
pub fn work(units: u64) {
    kata_model::work(units);
    kata_calls::event_loop::work(units);
}

/// What [`measure`] gives: the result of the closure, and what it took on the ideal machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured<T> {
    /// What the closure returned.
    pub value: T,
    /// The units of work that all threads did.
    pub work: u64,
    /// The units on the longest path from begin to end: what it takes with as many processors as one likes.
    pub span: u64,
}

/// When the last measurement began and how much work it saw.
#[derive(Clone, Copy)]
struct Taken {
    begin: u64,
    work: u64,
    span: u64,
}

/// The last measurement of this process, for the report.
static LAST: Mutex<Option<Taken>> = Mutex::new(None);

/// Runs `body` and measures its work and span, in the units that are declared with [`work`].
///
/// In a test of kind `ideal` only; another one fails. Under `cargo test`, where threads are real, nothing is
/// measured: both are 0.
///
/// ```
/// use kata_test::prelude::*;
///
/// let measured = measure(|| {
///     work(100);
///     7
/// });
/// assert_eq!(measured.value, 7);
/// measured.check_parallelism(3.5, "seven, with four threads");
/// ```
pub fn measure<T>(body: impl FnOnce() -> T) -> Measured<T> {
    let begin = match Mode::now() {
        Mode::Ideal => reading(),
        Mode::Cargo => None,
        Mode::Real | Mode::Explored => fail_with(
            Verdict::HarnessError,
            "the hidden test measures, and is not of kind `ideal`".to_owned(),
        ),
    };
    let value = body();
    let Some((begin, end)) = begin.zip(reading()) else {
        return Measured {
            value,
            work: 0,
            span: 0,
        };
    };
    let taken = Taken::between(begin, end);
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(taken);
    Measured {
        value,
        work: taken.work,
        span: taken.span,
    }
}

/// How many threads the test has started so far, those that have ended among them.
///
/// In a test of kind `ideal` or `explore` only; another one fails. Under `cargo test`, where threads are real, nobody
/// counts them, and it is 0.
///
/// ```
/// use kata_test::prelude::*;
///
/// let before = threads_started();
/// let sum: u32 = [1, 2, 3].iter().sum();
/// check_eq!(threads_started() - before, 0, "threads that were started to add 1, 2 and 3");
/// assert_eq!(sum, 6);
/// ```
pub fn threads_started() -> usize {
    let now = Mode::now();
    if !(now.is_modelled() || now == Mode::Cargo) {
        fail_with(
            Verdict::HarnessError,
            "the hidden test counts the threads that are started, and is neither of kind `ideal` nor of kind `explore`"
                .to_owned(),
        );
    }
    kata_model::threads_started().unwrap_or_default()
}

impl<T> Measured<T> {
    /// Work over span: how many processors it could keep busy. 1 when there was no work.
    pub fn parallelism(&self) -> f64 {
        self.ratio().value()
    }

    fn ratio(&self) -> Parallelism {
        Parallelism {
            work: self.work,
            span: self.span,
        }
    }

    /// Fails the test with `too_slow` unless the parallelism is at least `least`. `tried` says what was measured, for
    /// the learner. Under `cargo test`, where nothing is measured, nothing is judged.
    pub fn check_parallelism(&self, least: f64, tried: &str) {
        count();
        if Mode::now() == Mode::Cargo || self.parallelism() >= least {
            return;
        }
        let Measured { work, span, .. } = self;
        fail_with(
            Verdict::TooSlow,
            format!(
                "{tried}: parallelism {}, and at least {least:.2} is asked for ({work} units of work, {span} of them \
                 one after the other)",
                self.ratio()
            ),
        );
    }
}

impl Taken {
    fn between(begin: Reading, end: Reading) -> Taken {
        Taken {
            begin: begin.clock,
            work: end.work - begin.work,
            span: end.clock - begin.clock,
        }
    }
}

/// The last measurement, with the share that each thread had in it.
pub(crate) fn taken(trace: &Trace) -> Option<Measure> {
    let taken = (*LAST.lock().unwrap_or_else(PoisonError::into_inner))?;
    let during = taken.begin..taken.begin + taken.span;
    let threads = (0..).zip(&trace.threads);
    let workers = threads.map(|(number, thread)| worker(number, thread, &during));
    Some(Measure {
        work: taken.work,
        span: taken.span,
        threads: workers.filter(|worker| worker.work > 0).collect(),
    })
}

fn worker(number: u32, thread: &ThreadInfo, during: &Range<u64>) -> Worker {
    Worker {
        thread: number,
        name: thread.name.clone().filter(|_| number > 0),
        work: thread.busy.iter().map(|range| overlap(range, during)).sum(),
        busy: timeline(&thread.busy, during),
    }
}

/// How busy a thread was in each column of the timeline, in per cent, rounded up: a little work is not none.
fn timeline(busy: &[Range<u64>], during: &Range<u64>) -> Vec<u8> {
    let columns = TIMELINE_COLUMNS as u128;
    let span = u128::from(during.end - during.start);
    // On an axis where a unit is as long as there are columns, each column is as wide as the span, and begins at a whole number.
    let scaled = |at: u64| u128::from(at.clamp(during.start, during.end) - during.start) * columns;
    let per_cent = |column: u128| {
        let (from, to) = (column * span, (column + 1) * span);
        let worked: u128 = busy
            .iter()
            .map(|range| {
                scaled(range.end)
                    .min(to)
                    .saturating_sub(scaled(range.start).max(from))
            })
            .sum();
        u8::try_from((worked * 100).div_ceil(span.max(1))).unwrap_or(100)
    };
    (0..columns).map(per_cent).collect()
}

/// How many units two ranges have in common.
fn overlap(one: &Range<u64>, other: &Range<u64>) -> u64 {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_has_its_columns_whatever_the_span() {
        let halves = timeline(&[0..1, 1..2], &(0..4));
        assert_eq!(halves[..30], [100; 30]);
        assert_eq!(halves[30..], [0; 30]);
        // What lies outside is not in it, and of a part of a column a part.
        let later = timeline(&[0..1, 119..500], &(0..120));
        assert_eq!(later[0], 50);
        assert_eq!(later[59], 50);
        assert_eq!(later[1..59], [0; 58]);
        assert_eq!(timeline(&[], &(7..7)), [0; TIMELINE_COLUMNS]);
    }

    #[test]
    fn nothing_is_measured_on_real_threads() {
        let measured = measure(|| {
            work(5);
            1
        });
        assert_eq!((measured.value, measured.work, measured.span), (1, 0, 0));
    }

    #[test]
    fn threads_are_counted_where_they_are_the_models() {
        let ideal = kata_model::ideal(kata_model::Limits::default(), || {
            assert_eq!(kata_model::threads_started(), Some(0));
            for _ in 0..2 {
                kata_model::thread::spawn(|| ()).join().unwrap();
            }
            assert_eq!(kata_model::threads_started(), Some(2));
        });
        assert!(ideal.unwrap().into_failure().is_none());
        assert_eq!(threads_started(), 0);
    }
}
