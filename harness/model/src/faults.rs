//! Faults that are put in on purpose, so that the oracle can be seen to catch them. None exists outside tests.

/// A fault to plant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Writes leave no footprint.
    DropWrites,
    /// Giving a lock back leaves no footprint.
    DropReleases,
    /// Stores and loads are taken to commute.
    LoadsCommute,
    /// `notify_one` always wakes the one that has waited longest.
    OldestWaiter,
    /// A wait never expires.
    NeverExpires,
    /// Races of threads that are blocked for ever are not looked for.
    IgnoreBlocked,
    /// Sleeping threads are never woken by a dependent step.
    SleepForever,
    /// Every race is taken to be irreversible when a lock is involved.
    LocksNeverRace,
    /// New readers never wait behind a waiting writer.
    ReadersNeverQueue,
    /// Only the first way of each thread is explored.
    FirstWayOnly,
    /// Of the races of a step, only the latest is turned round.
    OneRaceOnly,
    /// It goes unnoticed when a step changes the ways of another thread.
    WaysNeverChange,
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
        Mode::Release | Mode::ReleaseShared => planted(Fault::DropReleases),
        _ => false,
    }
}
