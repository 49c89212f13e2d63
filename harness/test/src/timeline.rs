//! What is under way when, written down for a learner whose test fails.
//!
//! An instrument, such as [`Jobs`](crate::Jobs) or the server of `kata-http`, has a [`Lane`] and writes down each [`Span`] of what it
//! watches. A test may use several, one after the other; the picture is of the last one in which anything happened.

use std::{
    cell::RefCell,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use kata_protocol::timeline::{self, End, NAME_CAP, SPANS_CAP, Timeline};
use tokio::time::Instant;

pub use kata_protocol::timeline::Of;

thread_local! {
    /// The lane that is written on: virtual time has one thread.
    static WRITTEN: RefCell<Option<Written>> = const { RefCell::new(None) };
}

/// The number of the next lane.
static NEXT: AtomicU64 = AtomicU64::new(0);

struct Written {
    lane: u64,
    timeline: Timeline,
    under_way: usize,
    /// The test has failed: what ends from now on ends because of that.
    is_over: bool,
}

/// What one instrument writes down.
#[derive(Debug)]
pub struct Lane {
    number: u64,
    of: Of,
    origin: Instant,
}

/// Something that is under way, until it is [done](Span::done) or dropped.
#[derive(Debug)]
pub struct Span {
    lane: u64,
    origin: Instant,
    /// Its place, if it is written down.
    place: Option<usize>,
    end: End,
}

impl Lane {
    /// A new one, whose time begins now. It counts for more than all older ones.
    pub fn new(of: Of) -> Lane {
        Lane {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            of,
            origin: Instant::now(),
        }
    }

    /// Writes down that something begins.
    pub fn begin(&self, name: &str) -> Span {
        let began_ns = nanoseconds(self.origin);
        let place = WRITTEN.with_borrow_mut(|written| {
            if written.as_ref().is_none_or(|written| written.lane < self.number) {
                *written = Some(Written::new(self.number, self.of));
            }
            let written = written.as_mut().filter(|written| written.lane == self.number)?;
            written.begin(name, began_ns)
        });
        Span {
            lane: self.number,
            origin: self.origin,
            place,
            end: End::GivenUp,
        }
    }
}

impl Span {
    /// It ends as it should.
    pub fn done(mut self) {
        self.end = End::Done;
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        // A test that fails takes with it what is under way.
        if thread::panicking() {
            return;
        }
        let at = nanoseconds(self.origin);
        // The thread may be past its end.
        let _ = WRITTEN.try_with(|written| {
            let mut written = written.borrow_mut();
            if let Some(written) = written.as_mut().filter(|written| written.lane == self.lane) {
                written.end(self.place, at, self.end);
            }
        });
    }
}

impl Written {
    const fn new(lane: u64, of: Of) -> Written {
        Written {
            lane,
            timeline: Timeline {
                of,
                spans: Vec::new(),
                left_out: 0,
                most_at_once: 0,
            },
            under_way: 0,
            is_over: false,
        }
    }

    fn begin(&mut self, name: &str, began_ns: u64) -> Option<usize> {
        if self.is_over {
            return None;
        }
        self.under_way += 1;
        let timeline = &mut self.timeline;
        timeline.most_at_once = timeline.most_at_once.max(self.under_way);
        if timeline.spans.len() >= SPANS_CAP {
            timeline.left_out += 1;
            return None;
        }
        timeline.spans.push(timeline::Span {
            name: name.chars().take(NAME_CAP).collect(),
            began_ns,
            end: None,
        });
        Some(timeline.spans.len() - 1)
    }

    fn end(&mut self, place: Option<usize>, at_ns: u64, end: End) {
        if self.is_over {
            return;
        }
        self.under_way = self.under_way.saturating_sub(1);
        if let Some(span) = place.and_then(|place| self.timeline.spans.get_mut(place)) {
            span.end = Some((at_ns, end));
        }
    }
}

/// Nothing more is written down: the test has failed.
pub(crate) fn is_over() {
    WRITTEN.with_borrow_mut(|written| {
        if let Some(written) = written {
            written.is_over = true;
        }
    });
}

/// What was written down; nothing is left.
pub(crate) fn take() -> Option<Timeline> {
    WRITTEN.take().map(|written| written.timeline)
}

fn nanoseconds(origin: Instant) -> u64 {
    u64::try_from(origin.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
