//! `std::time`, with an [`Instant`] that reads a thread's virtual clock in an exploration.
//!
//! Virtual time moves when a thread sleeps, when a wait expires, and when a thread asks for the time over and over
//! with nothing else to do. It travels with synchronisation: what happens later never reads an earlier time.

pub use std::time::{Duration, SystemTime, SystemTimeError, TryFromFloatSecsError, UNIX_EPOCH};
use std::{
    ops::{Add, AddAssign, Sub, SubAssign},
    panic::Location,
};

use crate::engine::{active, step, with};

/// [`std::time::Instant`]: in an exploration, a moment of virtual time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(Moment);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Moment {
    Real(std::time::Instant),
    /// Time since [`ORIGIN`] before the beginning of the execution.
    Virtual(Duration),
}

/// Virtual time at the beginning of an execution: late enough to be able to subtract from it, as from a real one.
pub(crate) const ORIGIN: Duration = Duration::from_secs(1_000_000);

impl Instant {
    /// The time now, on the calling thread.
    #[track_caller]
    pub fn now() -> Self {
        if !active() {
            return Instant(Moment::Real(std::time::Instant::now()));
        }
        let location = Location::caller();
        step("now", None, location);
        with(|execution| {
            let repeats = execution.observe(None, location);
            let patience = execution.limits.patience;
            let clock = &mut execution.thread().clock;
            if repeats > patience {
                // A loop that waits for the time to pass: it does, faster and faster.
                let doublings = (repeats - patience).min(40);
                clock.time = clock.time.saturating_add(Duration::from_micros(1 << doublings));
            }
            let time = clock.time;
            if let Some(event) = execution.record("now", None, location) {
                event.read = Some(format!("{time:?}"));
            }
            Instant(Moment::Virtual(ORIGIN.saturating_add(time)))
        })
    }

    /// The time from `earlier` to this one; zero if `earlier` is later.
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }

    /// The time from `earlier` to this one; `None` if `earlier` is later.
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        match (self.0, earlier.0) {
            (Moment::Real(this), Moment::Real(earlier)) => this.checked_duration_since(earlier),
            (Moment::Virtual(this), Moment::Virtual(earlier)) => this.checked_sub(earlier),
            _ => panic!("a real and a virtual Instant cannot be compared"),
        }
    }

    /// The time from `earlier` to this one; zero if `earlier` is later.
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }

    /// The time from this moment until now.
    #[track_caller]
    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(*self)
    }

    /// A later moment, if it can be told.
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        Some(Instant(match self.0 {
            Moment::Real(real) => Moment::Real(real.checked_add(duration)?),
            Moment::Virtual(time) => Moment::Virtual(time.checked_add(duration)?),
        }))
    }

    /// An earlier moment, if it can be told.
    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {
        Some(Instant(match self.0 {
            Moment::Real(real) => Moment::Real(real.checked_sub(duration)?),
            Moment::Virtual(time) => Moment::Virtual(time.checked_sub(duration)?),
        }))
    }
}

impl std::fmt::Debug for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Moment::Real(real) => real.fmt(f),
            Moment::Virtual(time) => f.debug_tuple("Instant").field(&time).finish(),
        }
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;
    fn add(self, duration: Duration) -> Instant {
        self.checked_add(duration)
            .expect("overflow when adding duration to instant")
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;
    fn sub(self, duration: Duration) -> Instant {
        self.checked_sub(duration)
            .expect("overflow when subtracting duration from instant")
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

impl Sub<Instant> for Instant {
    type Output = Duration;
    fn sub(self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }
}
