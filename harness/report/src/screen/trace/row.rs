//! A step in words: its line, what was done, to what, and what there is to say about it.

use kata_protocol::trace::{Blocked, Step, Trace};
use kata_untrusted::clean_line;

use super::{
    diagnosis::{Diagnosis, waiting::is_try},
    names::Names,
};
use crate::page::cut;

/// A value or a note is not shown wider than this.
const WIDEST: usize = 44;

/// What a step was done to, values and remarks included, is not shown wider than this.
const WIDEST_WHAT: usize = 100;

/// An operation is not shown wider than this: the longest name in std is `compare_exchange_weak`.
const WIDEST_OP: usize = 21;

/// One row of the table.
pub(crate) struct Row {
    /// The step's number; `None` for what a thread waits to do.
    pub(crate) number: Option<usize>,
    pub(crate) thread: u32,
    /// `13`, `test`.
    pub(crate) line: String,
    /// `load`
    pub(crate) op: String,
    /// `counter = 0`
    pub(crate) what: String,
    /// What is wrong with it.
    pub(crate) note: Option<String>,
}

impl Row {
    /// A step of the trace.
    pub(crate) fn of_step(trace: &Trace, at: usize, names: &Names<'_>, diagnosis: &Diagnosis) -> Option<Row> {
        let step = trace.steps.get(at)?;
        let remark = remark(step, names);
        let object = object(step, names);
        let what = match (object, value(step), remark) {
            (Some(object), Some(value), remark) => {
                let sign = if step.wrote.is_some() { " " } else { " = " };
                with_remark(format!("{object}{sign}{value}"), remark)
            }
            (Some(object), None, remark) => with_remark(object, remark),
            (None, Some(value), remark) => with_remark(value, remark),
            (None, None, remark) => remark.unwrap_or_default(),
        };
        Some(Row {
            number: Some(number(trace, at)),
            thread: step.thread,
            line: names.line(&step.location),
            op: cut(&clean_line(&step.op), WIDEST_OP),
            what: cut(&what, WIDEST_WHAT),
            note: diagnosis.notes.get(&at).cloned(),
        })
    }

    /// What a thread waits to do.
    pub(crate) fn of_blocked(blocked: &Blocked, names: &Names<'_>) -> Row {
        let joined = blocked.joins.iter().map(|thread| names.thread(*thread));
        let joined = joined.collect::<Vec<_>>().join(", ");
        let what = match blocked.object {
            _ if !joined.is_empty() => joined,
            Some(object) if blocked.op != "park" => names.object(object),
            _ => String::new(),
        };
        Row {
            number: None,
            thread: blocked.thread,
            line: names.line(&blocked.location),
            op: cut(&clean_line(&blocked.op), WIDEST_OP),
            what,
            note: Some(match blocked.holders.first() {
                Some(holder) if is_try(blocked) => {
                    format!("tries again and again: {} has it", names.thread(holder.thread))
                }
                Some(holder) if holder.thread != blocked.thread => {
                    format!("waits for ever: {} has it", names.thread(holder.thread))
                }
                Some(_) => "waits for ever: it has it already".to_owned(),
                None => "waits for ever".to_owned(),
            }),
        }
    }
}

/// The number of a step: its place in the schedule's trace, steps that are not carried included.
pub(crate) fn number(trace: &Trace, at: usize) -> usize {
    trace.left_out.saturating_add(at).saturating_add(1)
}

/// `0` for a read, `⇒ 1` for a write, `0 ⇒ 1` for a write with what was there before.
pub(crate) fn value(step: &Step) -> Option<String> {
    match (&step.read, &step.wrote) {
        (None, None) => None,
        (Some(read), None) => Some(short(read)),
        (None, Some(wrote)) => Some(format!("⇒ {}", short(wrote))),
        (Some(read), Some(wrote)) => Some(format!("{} ⇒ {}", short(read), short(wrote))),
    }
}

/// What a step says besides its value: the other threads, and its note.
pub(crate) fn remark(step: &Step, names: &Names<'_>) -> Option<String> {
    let threads: Vec<_> = step.threads.iter().map(|thread| names.thread(*thread)).collect();
    let threads = threads.join(", ");
    let threads = match (threads.is_empty(), step.op.starts_with("notify")) {
        (true, _) => None,
        (false, true) => Some(format!("wakes {threads}")),
        (false, false) => Some(threads),
    };
    let note = step.note.as_deref().map(short);
    match (threads, note) {
        (Some(threads), Some(note)) => Some(format!("{threads}: {note}")),
        (threads, note) => threads.or(note),
    }
}

/// The object's name; none for those that stand for a thread, which is named instead.
pub(crate) fn object(step: &Step, names: &Names<'_>) -> Option<String> {
    let of_a_thread = [
        "spawn",
        "join",
        "end",
        "returns",
        "park",
        "park_timeout",
        "unpark",
        "is_finished",
    ];
    match of_a_thread.contains(&step.op.as_str()) {
        true => None,
        false => step.object.map(|object| names.object(object)),
    }
}

fn with_remark(what: String, remark: Option<String>) -> String {
    match remark {
        Some(remark) => format!("{what}: {remark}"),
        None => what,
    }
}

fn short(text: &str) -> String {
    cut(&clean_line(text), WIDEST)
}
