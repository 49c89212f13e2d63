//! Where a thread stands between two steps: what it is about to do, and what keeps it from doing it.
//!
//! A thread runs up to its next operation as soon as it has done one. So what it does next in the trace is where it is now.

use kata_protocol::{
    Location,
    trace::{Blocked, Step, Trace},
};

use super::objects::{Family, Holding, Shared, State};

/// Where a thread stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stand<'a> {
    /// It has not been spawned yet.
    NotStarted,
    /// It is about to do something.
    Before(Pending<'a>),
    /// It has run to its end.
    Ended,
    /// It has not ended, and the trace tells no more of it.
    Unknown,
}

/// What a thread is about to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pending<'a> {
    pub(crate) op: &'a str,
    pub(crate) object: Option<u32>,
    /// Which other threads it concerns.
    pub(crate) threads: &'a [u32],
    pub(crate) location: &'a Location,
    /// What it waits for; `None` when it can go on at once.
    pub(crate) wait: Option<Wait<'a>>,
}

/// What a thread waits for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wait<'a> {
    /// For those who hold the object.
    Held(Vec<Holding<'a>>),
    /// To read, behind writers that wait as well.
    Behind(Vec<u32>),
    /// To be notified.
    Notification,
    /// It is notified, and waits for the mutex that it gave back, which these hold.
    Mutex(u32, Vec<Holding<'a>>),
    /// For a message.
    Message,
    /// For room in a channel.
    Room,
    /// For its message to be taken.
    Receiver,
    /// For the ends of these threads.
    Ends(Vec<u32>),
    /// For an `unpark`.
    Unpark,
    /// For others to arrive at a barrier.
    Others,
    /// For something that is not known here.
    Something,
}

impl Stand<'_> {
    /// Whether the next thing that the thread touches is this object, or it waits to take it.
    pub(super) fn is_about(&self, object: u32) -> bool {
        matches!(self, Stand::Before(pending) if pending.object == Some(object) || pending.waits_for(object))
    }
}

impl Pending<'_> {
    /// Whether it cannot go on because of this object.
    pub(super) fn waits_for(&self, object: u32) -> bool {
        match &self.wait {
            None => false,
            Some(Wait::Mutex(mutex, _)) => *mutex == object,
            Some(_) => self.object == Some(object),
        }
    }
}

/// Where each thread stands after so many steps, which led to this state.
pub(super) fn all<'a>(trace: &'a Trace, done: usize, state: &State<'a>) -> Vec<Stand<'a>> {
    let threads = (0..).zip(&trace.threads);
    threads
        .map(|(thread, _)| of(trace, done, state, thread))
        .collect()
}

fn of<'a>(trace: &'a Trace, done: usize, state: &State<'a>, thread: u32) -> Stand<'a> {
    let spawns = |step: &Step| step.op == "spawn" && step.threads.contains(&thread);
    let rest = trace.steps.get(done..).unwrap_or_default();
    if thread != 0 && rest.iter().any(spawns) {
        return Stand::NotStarted;
    }
    if let Some(offer) = offer(trace, done, state, thread) {
        return Stand::Before(offer);
    }
    let next = rest.iter().find(|step| step.thread == thread).map(Pending::step);
    let blocked = || trace.blocked.iter().find(|blocked| blocked.thread == thread);
    let (mut pending, for_ever) = match next {
        Some(pending) => (pending, false),
        None if has_ended(trace, done, thread) => return Stand::Ended,
        None => match blocked() {
            Some(blocked) => (Pending::blocked(blocked), true),
            None => return Stand::Unknown,
        },
    };
    pending.wait = wait(trace, done, state, thread, &pending, for_ever);
    Stand::Before(pending)
}

/// Whether a thread has run to its end: it did, and has nothing more to do.
fn has_ended(trace: &Trace, done: usize, thread: u32) -> bool {
    let finished = trace
        .threads
        .get(thread as usize)
        .is_some_and(|thread| thread.finished);
    let rest = trace.steps.get(done..).unwrap_or_default();
    let concerns =
        |step: &Step| step.thread == thread || (step.op == "spawn" && step.threads.contains(&thread));
    finished && !rest.iter().any(concerns)
}

impl<'a> Pending<'a> {
    fn step(step: &'a Step) -> Pending<'a> {
        Pending {
            op: &step.op,
            object: step.object,
            threads: &step.threads,
            location: &step.location,
            wait: None,
        }
    }

    fn blocked(blocked: &'a Blocked) -> Pending<'a> {
        Pending {
            op: &blocked.op,
            object: blocked.object,
            threads: &blocked.joins,
            location: &blocked.location,
            wait: None,
        }
    }
}

/// What keeps a thread from what it is about to do. One that never does it (`for_ever`) waits for something in any case,
/// unless what it is about to do never has to wait.
fn wait<'a>(
    trace: &'a Trace,
    done: usize,
    state: &State<'a>,
    thread: u32,
    pending: &Pending<'a>,
    for_ever: bool,
) -> Option<Wait<'a>> {
    let shared = pending
        .object
        .and_then(|object| state.objects.get(object as usize));
    match (pending.op, shared) {
        ("join" | "scope ends", _) => {
            let open = pending.threads.iter().copied();
            let open: Vec<u32> = open.filter(|other| !has_ended(trace, done, *other)).collect();
            (!open.is_empty()).then_some(Wait::Ends(open))
        }
        ("park" | "park_timeout", _) => (!state.tokens.contains(&thread)).then_some(Wait::Unpark),
        (op, Some(shared)) => match shared.family {
            Family::Lock => for_lock(shared, op),
            Family::Condvar if op == "woken" || for_ever => {
                for_notification(trace, done, state, thread, pending.object)
            }
            Family::Condvar => None,
            Family::Barrier => shared.waiting.contains(&thread).then_some(Wait::Others),
            Family::Channel => for_channel(shared, op, for_ever),
            Family::Once => for_once(shared, op),
            Family::Value | Family::OfThread => None,
        },
        (_, None) => None,
    }
}

fn for_lock<'a>(lock: &Shared<'a>, op: &str) -> Option<Wait<'a>> {
    let held: Vec<Holding<'a>> = lock.holders.clone();
    match op {
        "lock" | "relock" | "write" if !held.is_empty() => Some(Wait::Held(held)),
        "read" if held.iter().any(|holding| !holding.share) => Some(Wait::Held(held)),
        "read" if !lock.queued.is_empty() => Some(Wait::Behind(lock.queued.clone())),
        _ => None,
    }
}

/// A thread that waits on a condition variable is about to be `woken`, or blocked in its `wait`. Once it is notified, it waits
/// for the mutex that it gave back.
fn for_notification<'a>(
    trace: &'a Trace,
    done: usize,
    state: &State<'a>,
    thread: u32,
    condvar: Option<u32>,
) -> Option<Wait<'a>> {
    let object = |object: Option<u32>| state.objects.get(object? as usize);
    if object(condvar)?.waiting.contains(&thread) {
        return Some(Wait::Notification);
    }
    let mut last = last_steps(trace, done, thread);
    let (unlock, wait) = (last.next()?, last.next()?);
    if wait.object != condvar || unlock.op != "unlock" {
        return None;
    }
    let held = object(unlock.object)?.holders.clone();
    (!held.is_empty()).then_some(Wait::Mutex(unlock.object?, held))
}

fn for_channel<'a>(channel: &Shared<'a>, op: &str, for_ever: bool) -> Option<Wait<'a>> {
    let empty = channel.messages == Some(0) && channel.offers.is_empty();
    match op {
        "recv" | "recv_timeout" if for_ever || (empty && !channel.no_sender) => Some(Wait::Message),
        // How many a channel holds is not in the trace; one that never sends finds no room.
        "send" if for_ever => Some(Wait::Room),
        _ => None,
    }
}

fn for_once<'a>(once: &Shared<'a>, op: &str) -> Option<Wait<'a>> {
    let looks = matches!(op, "once" | "get" | "is_completed");
    if !looks && !once.holders.is_empty() {
        return Some(Wait::Held(once.holders.clone()));
    }
    (op.starts_with("wait") && !once.done && !once.poisoned).then_some(Wait::Something)
}

/// A send on a channel without a buffer, whose message has not been taken: its thread stands there still, although the trace
/// says no more of it.
fn offer<'a>(trace: &'a Trace, done: usize, state: &State<'a>, thread: u32) -> Option<Pending<'a>> {
    let last = last_steps(trace, done, thread).next()?;
    let channel = state.objects.get(last.object? as usize)?;
    channel.offers.contains(&thread).then(|| Pending {
        wait: Some(Wait::Receiver),
        ..Pending::step(last)
    })
}

/// What a thread has done, the last step first.
fn last_steps(trace: &Trace, done: usize, thread: u32) -> impl Iterator<Item = &Step> {
    let done = trace.steps.get(..done).unwrap_or_default();
    done.iter().rev().filter(move |step| step.thread == thread)
}
