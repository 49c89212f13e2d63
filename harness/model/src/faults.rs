//! Faults that are put in on purpose, so that the oracle can be seen to catch them. None exists outside tests.

/// A fault to plant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    // Footprints that are too small.
    /// Writes leave none.
    DropWrites,
    /// Giving a lock back leaves none.
    DropReleases,
    /// What readers do to a lock leaves none.
    DropShares,
    /// Stores and loads are taken to commute.
    LoadsCommute,
    /// A wait that expires leaves none.
    DropExpiries,
    /// A notification leaves none.
    DropNotifications,
    /// A timed receive that finds nobody left to send is taken to have waited for that.
    TimedReceivesWait,
    /// All who wait at a barrier, time after time, pass through one gate.
    OneGate,
    /// A reader learns the time of the reader before.
    ReadersShareClocks,
    /// A thread that is gone is taken to have waited for the end of its thread-local values.
    LocalsEndTogether,

    // The reduction.
    /// Races of threads that are blocked for ever are not looked for.
    IgnoreBlocked,
    /// Sleeping threads are never woken by a dependent step.
    SleepForever,
    /// Every race is taken to be irreversible when a lock is involved.
    LocksNeverRace,
    /// Only the first way of each thread is explored.
    FirstWayOnly,
    /// Of the races of a step, only the latest is turned round.
    OneRaceOnly,
    /// It goes unnoticed when a step changes the ways of another thread.
    WaysNeverChange,
    /// Whoever takes a step after a race's first one is taken to be able to begin the other order.
    AnyoneBegins,

    // The primitives.
    /// `notify_one` always wakes the one that has waited longest.
    OldestWaiter,
    /// `notify_all` wakes one.
    NotifyAllWakesOne,
    /// A wait gives the mutex back and only then begins to wait.
    WaitsLate,
    /// A wait never expires.
    NeverExpires,
    /// No thread wakes spuriously.
    NeverSpurious,
    /// New readers never wait behind a waiting writer.
    ReadersNeverQueue,
    /// `try_lock` is no point of choice.
    TryLockAtOnce,
    /// Giving a mutex back is no point of choice.
    UnlockAtOnce,
    /// A panic poisons nothing.
    NeverPoisons,
    /// A barrier opens when one is still missing.
    BarrierOpensEarly,
    /// A call of a `Once` does not wait for the one that runs.
    OnceRunsTwice,
    /// `park` leaves the token.
    TokenStays,
    /// A receiver does not see that all senders are gone.
    MissDisconnect,
    /// A bounded channel takes one message more.
    OneTooMany,
    /// A channel without a buffer does not make its sender wait.
    HandOverAtOnce,
    /// `join` does not wait for thread-local values.
    JoinsEarly,
}

#[cfg(test)]
thread_local! {
    static PLANTED: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// Whether `fault` is planted.
#[cfg(test)]
pub(crate) fn planted(fault: Fault) -> bool {
    PLANTED.get() == Some(fault)
}

/// Whether `fault` is planted: never.
#[cfg(not(test))]
pub(crate) const fn planted(_: Fault) -> bool {
    false
}

/// Plants a fault for the length of `body`.
#[cfg(test)]
pub(crate) fn with_planted<R>(fault: Fault, body: impl FnOnce() -> R) -> R {
    PLANTED.set(Some(fault));
    let result = body();
    PLANTED.set(None);
    result
}

/// Whether a planted fault loses the footprint of an access.
pub(crate) fn drops_footprint(mode: crate::engine::Mode) -> bool {
    use crate::engine::Mode;
    match mode {
        Mode::Write => planted(Fault::DropWrites),
        Mode::AcquireShared | Mode::ReleaseShared if planted(Fault::DropShares) => true,
        Mode::Release | Mode::ReleaseShared => planted(Fault::DropReleases),
        _ => false,
    }
}
