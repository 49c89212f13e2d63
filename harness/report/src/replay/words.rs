//! Moments in words: what a thread is about to do or waits for, and how an object is. Code stands in backticks.

use kata_protocol::trace::Trace;
use kata_untrusted::clean_line;

use super::walk::{Family, Holding, Moment, Pending, Shared, Stand, Wait};
use crate::{
    page::{count, cut},
    screen::trace::names::Names,
};

/// An operation is not shown wider than this, nor a value.
const WIDEST_OP: usize = 21;
const WIDEST_VALUE: usize = 44;

/// Of more threads than this the number is told, and not each name.
const MOST_NAMED: usize = 4;

/// `waits for the end of thread 1`
pub(super) fn stand(stand: &Stand<'_>, thread: u32, names: &Names<'_>) -> String {
    match stand {
        Stand::NotStarted => "is not started yet".to_owned(),
        Stand::Ended => "has ended".to_owned(),
        Stand::Unknown => "has not ended".to_owned(),
        Stand::Before(pending) => match &pending.wait {
            None => next(pending, names),
            Some(wait) => waits(pending, wait, thread, names),
        },
    }
}

/// What the place of a step is that has none of its own: a guard is dropped wherever its block ends, and the trace knows where
/// it came from.
pub(super) enum Origin {
    Taken,
    Made,
    Started,
}

/// The origin that the place of such a step is.
pub(super) fn origin(op: &str) -> Option<Origin> {
    match op {
        "unlock" => Some(Origin::Taken),
        "drop sender" | "drop receiver" => Some(Origin::Made),
        "end" => Some(Origin::Started),
        _ => None,
    }
}

/// `next: lock savings`
fn next(pending: &Pending<'_>, names: &Names<'_>) -> String {
    let op = cut(&clean_line(pending.op), WIDEST_OP).replace('`', "'");
    let threads = || several(pending.threads, names);
    let object = || {
        pending
            .object
            .map(|object| names.object(object))
            .unwrap_or_default()
    };
    match pending.op {
        "end" => "next: it ends".to_owned(),
        "unlock" => format!(
            "next: unlock `{}`, taken at {}",
            object(),
            names.line_of(pending.location)
        ),
        "woken" => format!("is woken on `{}`", object()),
        "barrier passed" => format!("is let through `{}`", object()),
        "sleep" => "sleeps".to_owned(),
        "scope ends" => "next: its scope ends".to_owned(),
        "park" | "park_timeout" => format!("next: {op}"),
        "spawn" | "join" | "unpark" | "is_finished" if !pending.threads.is_empty() => {
            format!("next: {op} {}", threads())
        }
        _ => match pending.object {
            Some(_) => format!("next: {op} `{}`", object()),
            None => format!("next: {op}"),
        },
    }
}

fn waits(pending: &Pending<'_>, wait: &Wait<'_>, thread: u32, names: &Names<'_>) -> String {
    let object = pending
        .object
        .map(|object| names.object(object))
        .unwrap_or_default();
    match wait {
        Wait::Held(holders) => {
            let own = holders.iter().any(|holding| holding.thread == thread);
            let advice = if own { ": it cannot take it twice" } else { "" };
            let held = held(holders, Some(thread), names);
            format!("waits for `{object}`, held by {held}{advice}")
        }
        Wait::Behind(writers) => format!(
            "waits to read `{object}`, behind {}, which waits to write",
            several(writers, names)
        ),
        Wait::Notification => format!("waits on `{object}` until it is notified"),
        Wait::Mutex(mutex, holders) => format!(
            "is notified, and waits for `{}`, held by {}",
            names.object(*mutex),
            held(holders, Some(thread), names)
        ),
        Wait::Message => format!("waits for a message from `{object}`"),
        Wait::Room => format!("waits for room in `{object}`"),
        Wait::Receiver => format!("waits until its message to `{object}` is taken"),
        Wait::Ends(threads) => format!("waits for the end of {}", several(threads, names)),
        Wait::Unpark => "is parked until it is unparked".to_owned(),
        Wait::Others => format!("waits at `{object}` for others to arrive"),
        Wait::Something => format!("waits until `{object}` is done"),
    }
}

/// `thread 1 since line 8 and thread 2 since line 9`
fn held(holders: &[Holding<'_>], by: Option<u32>, names: &Names<'_>) -> String {
    if holders.len() > MOST_NAMED {
        return count(holders.len(), "thread");
    }
    let each = holders.iter().map(|holding| {
        let who = match by == Some(holding.thread) {
            true => "itself".to_owned(),
            false => names.thread(holding.thread),
        };
        format!("{who} since {}", names.line_of(holding.since))
    });
    and(&each.collect::<Vec<_>>())
}

fn several(threads: &[u32], names: &Names<'_>) -> String {
    if threads.len() > MOST_NAMED {
        return count(threads.len(), "thread");
    }
    and(&threads
        .iter()
        .map(|thread| names.thread(*thread))
        .collect::<Vec<_>>())
}

/// `a, b and c`
fn and(words: &[String]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// `counter = 1`, or the name alone where no value is known.
pub(super) fn valued(object: u32, shared: &Shared<'_>, names: &Names<'_>) -> String {
    let name = names.object(object);
    match shared.value {
        Some(value) => format!("{name} = {}", cut(&clean_line(value), WIDEST_VALUE)),
        None => name,
    }
}

/// `AtomicU64`; empty for an object that is called by its kind for want of a name.
pub(super) fn kind(trace: &Trace, object: u32) -> String {
    let object = trace.objects.get(object as usize);
    let named = object.filter(|object| object.name.as_ref().is_some_and(|name| !name.trim().is_empty()));
    let kind = named.map(|object| cut(&clean_line(&object.kind), WIDEST_OP));
    kind.unwrap_or_default()
}

/// `held by thread 1 since line 38, wanted by thread 2`; empty where there is nothing to say.
pub(super) fn condition(object: u32, shared: &Shared<'_>, moment: &Moment<'_>, names: &Names<'_>) -> String {
    let mut says = Vec::new();
    let waiting = several(&shared.waiting, names);
    match shared.family {
        Family::Value | Family::OfThread => {}
        Family::Lock => says.extend(lock(shared, names)),
        Family::Condvar | Family::Barrier if shared.waiting.is_empty() => {
            says.push("nobody waits".to_owned())
        }
        Family::Condvar | Family::Barrier if shared.waiting.len() == 1 => {
            says.push(format!("{waiting} waits"))
        }
        Family::Condvar | Family::Barrier => says.push(format!("{waiting} wait")),
        Family::Channel => says.extend(channel(shared, names)),
        Family::Once if !shared.holders.is_empty() => {
            says.push(format!("being done by {}", held(&shared.holders, None, names)));
        }
        Family::Once if shared.done => says.push("done".to_owned()),
        Family::Once => says.push("not done".to_owned()),
    }
    if shared.poisoned {
        says.push("poisoned".to_owned());
    }
    let wanted = moment.wanted_by(object);
    if matches!(shared.family, Family::Lock | Family::Once) && !wanted.is_empty() {
        says.push(format!("wanted by {}", several(&wanted, names)));
    }
    says.join(", ")
}

fn lock(lock: &Shared<'_>, names: &Names<'_>) -> Vec<String> {
    if lock.holders.is_empty() {
        return vec!["free".to_owned()];
    }
    let share = lock.holders.iter().any(|holding| holding.share);
    let how = if share { "read by" } else { "held by" };
    vec![format!("{how} {}", held(&lock.holders, None, names))]
}

fn channel(channel: &Shared<'_>, names: &Names<'_>) -> Vec<String> {
    let mut says = Vec::new();
    match channel.messages {
        None => {}
        Some(0) => says.push("empty".to_owned()),
        Some(messages) => says.push(count(messages, "message")),
    }
    if !channel.offers.is_empty() {
        says.push(format!("offered one by {}", several(&channel.offers, names)));
    }
    if channel.no_sender {
        says.push("no sender is left".to_owned());
    }
    if channel.no_receiver {
        says.push("the receiver is gone".to_owned());
    }
    says
}
