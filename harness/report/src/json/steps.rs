//! The steps of a trace, as JSON shows them.

use kata_protocol::{Verdict, trace::Trace};
use kata_untrusted::clean_line;
use serde::Serialize;

use crate::screen::trace::{capped, diagnosis, names::Names, row};

/// One thing that a thread did.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Step {
    /// Who did it; thread 0 is the test's own.
    thread: u32,
    /// What: `load`, `lock`, `wait`, `notify_one`.
    op: String,
    /// To what: the name of a variable or a field where the source tells it, else kind and line.
    object: Option<String>,
    /// `0` for a read, `⇒ 1` for a write, `0 ⇒ 1` for a write with what was there before.
    value: Option<String>,
    /// More: who is woken, what is wrong with it.
    note: Option<String>,
    /// The file, relative to the course.
    file: String,
    /// The line, from 1.
    line: u32,
    /// The column in characters, from 1.
    column: u32,
}

/// The steps of a trace: the last of them, where a submission claims more than a trace may have.
pub(super) fn of(trace: &Trace, verdict: Verdict) -> Vec<Step> {
    let trace = &*capped(trace);
    let names = Names::of(trace);
    let diagnosis = diagnosis::of(trace, verdict, &names);
    let steps = trace.steps.iter().enumerate().map(|(at, step)| {
        let remarks = [row::remark(step, &names), diagnosis.notes.get(&at).cloned()];
        let remarks: Vec<_> = remarks.into_iter().flatten().collect();
        Step {
            thread: step.thread,
            op: clean_line(&step.op).into_owned(),
            object: row::object(step, &names),
            value: row::value(step),
            note: (!remarks.is_empty()).then(|| remarks.join("; ")),
            file: clean_line(&step.location.file).into_owned(),
            line: step.location.line,
            column: step.location.column,
        }
    });
    steps.collect()
}
