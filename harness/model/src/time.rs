//! `std::time`, with clocks that read a thread's virtual time in an exploration.
//!
//! Virtual time moves when a thread sleeps, when a wait expires, and when a thread asks for the time over and over
//! with nothing else to do. It travels with synchronisation: what happens later never reads an earlier time.

pub use std::time::{Duration, SystemTimeError, TryFromFloatSecsError};
use std::{
    ops::{Add, AddAssign, Sub, SubAssign},
    panic::Location,
};

use crate::engine::{Loc, active, step, with};

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

/// The calling thread's time since the beginning of the execution, as a step of its own.
fn virtual_now(location: Loc) -> Duration {
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
        time
    })
}

impl Instant {
    /// The time now, on the calling thread.
    #[track_caller]
    pub fn now() -> Self {
        if !active() {
            return Instant(Moment::Real(std::time::Instant::now()));
        }
        Instant(Moment::Virtual(
            ORIGIN.saturating_add(virtual_now(Location::caller())),
        ))
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

/// [`std::time::SystemTime`]: in an exploration, every execution begins at the same moment of the same day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemTime(std::time::SystemTime);

/// [`std::time::UNIX_EPOCH`].
pub const UNIX_EPOCH: SystemTime = SystemTime::UNIX_EPOCH;

/// When executions begin: with the year 2026, as good as any.
const BEGIN: Duration = Duration::from_secs(1_767_225_600);

impl SystemTime {
    /// [`std::time::SystemTime::UNIX_EPOCH`].
    pub const UNIX_EPOCH: SystemTime = SystemTime(std::time::SystemTime::UNIX_EPOCH);

    /// The time now, on the calling thread.
    #[track_caller]
    pub fn now() -> Self {
        if !active() {
            return SystemTime(std::time::SystemTime::now());
        }
        let time = BEGIN.saturating_add(virtual_now(Location::caller()));
        SystemTime::UNIX_EPOCH
            .checked_add(time)
            .unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// The time from `earlier` to this one.
    ///
    /// # Errors
    ///
    /// The time between them, when `earlier` is later.
    pub fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {
        self.0.duration_since(earlier.0)
    }

    /// The time from this moment until now.
    ///
    /// # Errors
    ///
    /// The time between them, when this one is yet to come.
    #[track_caller]
    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        SystemTime::now().duration_since(*self)
    }

    /// A later moment, if it can be told.
    pub fn checked_add(&self, duration: Duration) -> Option<SystemTime> {
        self.0.checked_add(duration).map(SystemTime)
    }

    /// An earlier moment, if it can be told.
    pub fn checked_sub(&self, duration: Duration) -> Option<SystemTime> {
        self.0.checked_sub(duration).map(SystemTime)
    }
}

impl std::fmt::Debug for SystemTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Add<Duration> for SystemTime {
    type Output = SystemTime;
    fn add(self, duration: Duration) -> SystemTime {
        SystemTime(self.0 + duration)
    }
}

impl AddAssign<Duration> for SystemTime {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl Sub<Duration> for SystemTime {
    type Output = SystemTime;
    fn sub(self, duration: Duration) -> SystemTime {
        SystemTime(self.0 - duration)
    }
}

impl SubAssign<Duration> for SystemTime {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}
