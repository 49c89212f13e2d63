//! A thread that changes an object, and looks at it afterwards for what it made of it.

use kata_protocol::trace::Trace;

use super::{
    super::{names::Names, row::number},
    Deed, Diagnosis,
    looks::{Deal, deals},
};

/// Tells of the first look at what a thread had changed itself, and another one since.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, names: &Names<'_>) {
    let deals = deals(trace);
    let Some((own, other, look)) = deals.iter().enumerate().find_map(|(at, look)| {
        let (own, other) = behind(trace, &deals[..at], look, names)?;
        Some((own, other, look))
    }) else {
        return;
    };
    let step = |at: usize| &trace.steps[at];
    let (who, them) = (names.thread(look.thread), names.thread(other.thread));
    let object = names.object(look.object);
    diagnosis.say(vec![super::sentence(format!(
        "{who} changed `{object}` at {}, and looks at it at {}; {them} changed it in between, so what it finds there is not what it made.",
        names.line_of(&step(own.first).location),
        names.line_of(&step(look.first).location),
    ))]);
    let note = format!(
        "changed since step {} by step {}",
        number(trace, own.last),
        number(trace, other.last)
    );
    diagnosis.notes.insert(look.first, note);
    diagnosis
        .steps
        .extend([own.first, own.last, other.last, look.first]);
    diagnosis.objects.insert(look.object);
    diagnosis.mark(&step(own.first).location, who.clone(), Deed::Writes);
    diagnosis.mark(&step(look.first).location, who, Deed::Reads);
}

/// The thread's own change right before a look, and another one's after that.
fn behind<'a>(
    trace: &Trace,
    before: &'a [Deal],
    look: &Deal,
    names: &Names<'_>,
) -> Option<(&'a Deal, &'a Deal)> {
    let of_it = |deal: &Deal| deal.object == look.object;
    let at = before
        .iter()
        .rposition(|deal| of_it(deal) && deal.thread == look.thread)?;
    let own = &before[at];
    let other = before[at..]
        .iter()
        .rfind(|deal| of_it(deal) && deal.thread != look.thread && deal.changes && deal.last > own.last)?;
    // What the test does in between, or who it waits for, says that the look is another matter.
    let mut between = trace.steps[own.last + 1..look.first].iter();
    let apart = between.any(|step| {
        let waits = ["join", "scope ends", "barrier wait"].contains(&step.op.as_str());
        step.thread == look.thread && (waits || names.is_of_test(&step.location))
    });
    let of_test = names.is_of_test(&trace.steps[look.first].location);
    (own.changes && !look.changes && !apart && !of_test).then_some((own, other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    fn found(trace: &Trace) -> Vec<String> {
        let mut diagnosis = Diagnosis::default();
        find(&mut diagnosis, trace, &Names::of(trace));
        diagnosis.sentences
    }

    /// Thread 1 counts, and so does thread 2 before thread 1 looks at what it has made.
    fn looks_again() -> Trace {
        let mut trace = traces::lost_update();
        let mut steps = trace.steps[2..6].to_vec();
        for (step, thread) in steps.iter_mut().zip([1, 2, 1, 2]) {
            step.thread = thread;
        }
        for (step, (read, wrote)) in
            steps
                .iter_mut()
                .zip([("0", Some("1")), ("1", Some("2")), ("2", None), ("2", None)])
        {
            step.op = if wrote.is_some() { "fetch_add" } else { "load" }.to_owned();
            step.read = Some(read.to_owned());
            step.wrote = wrote.map(str::to_owned);
        }
        trace.steps = steps;
        trace
    }

    #[test]
    fn a_look_at_what_others_have_changed_since_is_told() {
        let told = found(&looks_again());
        assert_eq!(
            told,
            [
                "Thread 1 changed `counter` at line 7, and looks at it at line 8; thread 2 changed it in between, so what it finds there is not what it made."
            ]
        );
    }

    #[test]
    fn a_look_that_comes_before_the_others_is_right() {
        let mut trace = looks_again();
        trace.steps.swap(1, 2);
        assert!(found(&trace).is_empty());
    }

    #[test]
    fn a_look_after_a_join_is_another_matter() {
        let mut trace = looks_again();
        let mut join = trace.steps[2].clone();
        (join.op, join.object, join.read) = ("join".to_owned(), None, None);
        trace.steps.insert(2, join);
        assert!(found(&trace).is_empty());
    }
}
