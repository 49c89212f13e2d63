//! A test of the test: faults that are planted on purpose must show. (Who is woken by `notify_one` takes a program of
//! its own to see: [`super::possible`].)

use super::{
    compare::until_one_differs,
    program::Kind::{self, *},
};
use crate::faults::{Fault, with_planted};

/// Faults, each with the kinds of operation that show it.
const PLANTED: &[(Fault, &[Kind])] = &[
    (Fault::DropWrites, &[Store, Load]),
    (Fault::DropReleases, &[Lock, TryLock]),
    (Fault::DropShares, &[Read, Write]),
    (Fault::LoadsCommute, &[Store, Load]),
    (Fault::DropExpiries, &[WaitTimeout, NotifyOne]),
    (Fault::DropNotifications, &[Wait, NotifyOne]),
    (Fault::TimedReceivesWait, &[Send, ReceiveTimeout]),
    (Fault::OneGate, &[Barrier]),
    (Fault::ReadersShareClocks, &[Now, Sleep, ParkTimeout, Read]),
    (Fault::LocalsEndTogether, &[ScopeLocal]),
    (Fault::IgnoreBlocked, &[Lock, Wait, NotifyOne]),
    (Fault::SleepForever, &[Store, Load]),
    (Fault::LocksNeverRace, &[Lock]),
    (Fault::FirstWayOnly, &[WaitTimeout]),
    (Fault::OneRaceOnly, &[Load, Store, Swap]),
    (
        Fault::WaysNeverChange,
        &[Wait, WaitTimeout, NotifyOne, NotifyAll, Lock],
    ),
    (
        Fault::AnyoneBegins,
        &[IsFinished, Join, Join, Grandchild, Scope, ScopePanics, Add, Panic],
    ),
    (Fault::NotifyAllWakesOne, &[Wait, Wait, NotifyAll]),
    (Fault::WaitsLate, &[Wait, NotifyOne]),
    (Fault::NeverExpires, &[ReceiveTimeout, Send]),
    (Fault::NeverSpurious, &[Wait]),
    (Fault::ReadersNeverQueue, &[Read, Write]),
    (Fault::TryLockAtOnce, &[TryLock]),
    (Fault::UnlockAtOnce, &[TryLock]),
    (Fault::NeverPoisons, &[Lock, Panic]),
    (Fault::BarrierOpensEarly, &[Barrier]),
    (Fault::OnceRunsTwice, &[CallOnce]),
    (Fault::TokenStays, &[Park, Unpark]),
    (Fault::MissDisconnect, &[Receive, Send]),
    (Fault::OneTooMany, &[Send, Receive]),
    (Fault::HandOverAtOnce, &[Send, Receive]),
    (Fault::JoinsEarly, &[Local, Join, Static]),
];

/// How many programs it takes at most until a fault shows.
const MOST: u64 = 300;

#[test]
fn a_planted_fault_is_caught() {
    let mut hidden = Vec::new();
    for (fault, kinds) in PLANTED {
        let caught = with_planted(*fault, || until_one_differs(kinds, MOST));
        println!("{fault:?}: {caught:?} programs");
        if caught.is_none() {
            hidden.push(fault);
        }
    }
    assert!(hidden.is_empty(), "{hidden:?} stay hidden in {MOST} programs");
}
