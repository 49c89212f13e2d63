//! One thread that waits for ever, in words: where, for what, and who has it.

use kata_protocol::trace::{Blocked, Step, Trace};

use super::{super::names::Names, and};

/// What a sender notes whose message is to be handed over in person: the channel keeps none.
const HANDS_OVER: &str = "waits for the receiver";

/// A try that failed says so.
const TAKEN: &str = "would block";

/// So many tries in a row make a loop that does nothing else.
const TRIES: usize = 3;

/// Whether a thread that did not come to its end waits. Under a livelock others run on, and were stopped before their next
/// operation, which never has to wait, or not for ever.
pub(crate) fn waits(blocked: &Blocked) -> bool {
    let op = blocked.op.as_str();
    if op == "unlock" || is_try(blocked) || op.ends_with("_timeout") {
        return false;
    }
    let for_others = ["wait", "recv", "send", "park", "barrier wait"];
    !blocked.holders.is_empty()
        || !blocked.joins.is_empty()
        || for_others.iter().any(|waits| op.starts_with(waits))
}

/// Whether a thread does nothing but try to take what another one has: it waits too, if in a way of its own.
pub(super) fn in_vain(trace: &Trace, blocked: &Blocked) -> bool {
    let last: Vec<_> = steps_of(trace, blocked.thread).take(TRIES).collect();
    let fails = |step: &Step| {
        step.op == blocked.op && step.object == blocked.object && step.note.as_deref() == Some(TAKEN)
    };
    let others = blocked
        .holders
        .iter()
        .all(|holder| holder.thread != blocked.thread);
    is_try(blocked)
        && !blocked.holders.is_empty()
        && others
        && last.len() == TRIES
        && last.into_iter().all(fails)
}

/// Whether what a thread was about to do is a try, which does not wait.
pub(crate) fn is_try(blocked: &Blocked) -> bool {
    blocked.op.starts_with("try_")
}

/// What a thread did, from its last step back.
fn steps_of(trace: &Trace, thread: u32) -> impl Iterator<Item = &Step> {
    trace.steps.iter().rev().filter(move |step| step.thread == thread)
}

/// Whether a thread waits for one that runs on, and so only for the moment: it was stopped as it happened to wait.
pub(super) fn for_the_moment(trace: &Trace, blocked: &Blocked) -> bool {
    let runs = |thread: u32| {
        let mut own = trace.blocked.iter().filter(|other| other.thread == thread);
        let ended = trace
            .threads
            .get(thread as usize)
            .is_none_or(|thread| thread.finished);
        !ended && thread != blocked.thread && !own.any(|other| waits(other) || in_vain(trace, other))
    };
    blocked.holders.iter().any(|holder| runs(holder.thread))
}

/// Whether two threads wait in the same way at the same place, so that one sentence is enough for both.
pub(super) fn alike(one: &Blocked, other: &Blocked) -> bool {
    let way = |blocked: &Blocked| (blocked.op.clone(), blocked.object, blocked.location.clone());
    let no_lock = |blocked: &Blocked| blocked.holders.is_empty() && blocked.joins.is_empty();
    way(one) == way(other) && no_lock(one) && no_lock(other)
}

/// `thread 1 waits at 42:18 for b, held by thread 2 since line 38`; all of the threads wait alike.
pub(super) fn words(trace: &Trace, group: &[&Blocked], waiting: &[Blocked], names: &Names<'_>) -> String {
    let [blocked, ..] = group else {
        return String::new();
    };
    let all: Vec<_> = group.iter().map(|blocked| names.thread(blocked.thread)).collect();
    let (who, waits) = (and(&all), if all.len() == 1 { "waits" } else { "wait" });
    let place = names.at(&blocked.location);
    let object = blocked
        .object
        .map(|object| names.object(object))
        .unwrap_or_default();
    if !blocked.holders.is_empty() {
        return for_a_lock(blocked, &object, names);
    }
    let keeps: String = group
        .iter()
        .map(|blocked| keeps(blocked, waiting, names))
        .collect();
    if !blocked.joins.is_empty() {
        let joined: Vec<_> = blocked.joins.iter().map(|thread| names.thread(*thread)).collect();
        return format!(
            "{who} {waits} {place} for the end of {}.{keeps}",
            joined.join(" and ")
        );
    }
    let op = blocked.op.as_str();
    match op {
        _ if op.starts_with("wait") => {
            let notified = trace.left_out > 0
                || trace
                    .steps
                    .iter()
                    .any(|step| step.object == blocked.object && step.op.starts_with("notify"));
            let nobody = match notified {
                true => "and nobody is left to notify it",
                false => "which nobody notifies, neither before nor after",
            };
            format!("{who} {waits} {place} on `{object}`, {nobody}.{keeps}")
        }
        _ if op.starts_with("recv") => {
            let none = none_will_come(blocked, waiting);
            format!("{who} {waits} {place} for a message from `{object}`. {none}{keeps}")
        }
        "send" => match hands_over(trace, blocked) {
            Some(step) => format!(
                "{who} {waits} {place} until a receiver takes the message: `{}` has no room for one, and nobody is left to receive.{keeps}",
                step.object.map(|object| names.object(object)).unwrap_or_default()
            ),
            None => format!(
                "{who} {waits} {place} to send to `{object}`, which is full, and nobody is left to receive.{keeps}"
            ),
        },
        "park" if all.len() > 1 => {
            format!("{who} are parked {place}, and nobody is left to unpark them.{keeps}")
        }
        "park" => format!("{who} is parked {place}, and nobody is left to unpark it.{keeps}"),
        "barrier wait" => {
            format!("{who} {waits} {place} at `{object}` for more threads than ever come.{keeps}")
        }
        _ if object.is_empty() => format!("{who} {waits} {place} for ever.{keeps}"),
        _ => format!("{who} {waits} {place} for `{object}` for ever.{keeps}"),
    }
}

fn for_a_lock(blocked: &Blocked, object: &str, names: &Names<'_>) -> String {
    let (who, place) = (names.thread(blocked.thread), names.at(&blocked.location));
    let own = |thread: u32| thread == blocked.thread;
    let held = blocked.holders.iter().map(|holder| {
        let by = match own(holder.thread) {
            true => "itself".to_owned(),
            false => names.thread(holder.thread),
        };
        format!("{by} since {}", names.line_of(&holder.since))
    });
    // A thread that holds it for reading several times says so once.
    let mut held: Vec<_> = held.collect();
    held.dedup();
    let held = held.join(" and ");
    let twice = blocked.holders.iter().any(|holder| own(holder.thread));
    let advice = if twice { ": it cannot take it twice" } else { "" };
    match is_try(blocked) {
        true => format!("{who} tries again and again {place} to take `{object}`, held by {held}."),
        false => format!("{who} waits {place} for `{object}`, held by {held}{advice}."),
    }
}

/// Why no message comes. Where others wait as well, they may be the ones to send it, which nothing in a trace tells.
fn none_will_come(blocked: &Blocked, waiting: &[Blocked]) -> &'static str {
    let others = waiting
        .iter()
        .any(|other| other.thread != blocked.thread && other.joins.is_empty());
    match others {
        true => "Whoever could send one waits as well, or a sender that nobody uses is still alive.",
        false => {
            "Nobody is left to send one, and yet a sender is still alive, so the channel does not end: it ends when the last sender is dropped."
        }
    }
}

/// The step with which a thread offered a message that the channel does not keep, if that is what it waits for.
fn hands_over<'a>(trace: &'a Trace, blocked: &Blocked) -> Option<&'a Step> {
    let last = steps_of(trace, blocked.thread).next()?;
    (last.op == "send" && last.note.as_deref() == Some(HANDS_OVER)).then_some(last)
}

/// What a thread that waits for something else holds all the while, and who waits for that.
fn keeps(blocked: &Blocked, waiting: &[Blocked], names: &Names<'_>) -> String {
    let holds = |other: &&Blocked| {
        other.thread != blocked.thread && other.holders.iter().any(|holder| holder.thread == blocked.thread)
    };
    let in_need: Vec<_> = waiting.iter().filter(holds).collect();
    let Some(object) = in_need.first().and_then(|other| other.object) else {
        return String::new();
    };
    let in_need: Vec<_> = in_need
        .iter()
        .filter(|other| other.object == Some(object))
        .map(|other| names.thread(other.thread))
        .collect();
    let (wait, object) = (
        if in_need.len() == 1 { "waits" } else { "wait" },
        names.object(object),
    );
    let (who, in_need) = (names.thread(blocked.thread), in_need.join(" and "));
    match blocked.op.starts_with("wait") {
        true => format!(
            " To wait gives back one lock and no other: {who} still holds `{object}`, for which {in_need} {wait}."
        ),
        false => format!(" All the while {who} holds `{object}`, for which {in_need} {wait}."),
    }
}
