//! What belongs together and was not looked at, or not changed, at once: a look between the two halves of a change, and a
//! look at one object that another one was changed on the ground of.

use kata_protocol::trace::Trace;

use super::{
    super::{names::Names, row::number},
    Deed, Diagnosis,
    looks::{Deal, deals},
};
use crate::page::cut;
use kata_untrusted::clean_line;

/// A value is not shown wider than this.
const WIDEST: usize = 24;

/// Tells of the first look at one half of a change; else of the first change on the ground of a look that was out of date.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, names: &Names<'_>) {
    let of_learner = |deal: &Deal| !names.is_of_test(&trace.steps[deal.first].location);
    let deals: Vec<Deal> = deals(trace).into_iter().filter(of_learner).collect();
    let looks: Vec<&Deal> = deals.iter().filter(|deal| !deal.changes).collect();
    for one in &looks {
        if let Some((before, after)) =
            further(trace, &deals, one, names).find_map(|next| half(&deals, one, next))
        {
            return tell_half(diagnosis, trace, names, [before, after]);
        }
    }
    for one in &looks {
        if let Some((change, next)) =
            further(trace, &deals, one, names).find_map(|next| Some((outdated(&deals, one, next)?, next)))
        {
            return tell_outdated(diagnosis, trace, names, [one, change, next]);
        }
    }
}

/// What the thread of a look does to other objects after it, up to its first change, or to where the test comes in between.
fn further<'a>(
    trace: &'a Trace,
    deals: &'a [Deal],
    one: &'a Deal,
    names: &'a Names<'_>,
) -> impl Iterator<Item = &'a Deal> {
    let mut changed = false;
    let later = deals
        .iter()
        .filter(|deal| deal.first > one.first && deal.thread == one.thread);
    later
        .take_while(move |deal| {
            !std::mem::replace(&mut changed, deal.changes) && !apart(trace, one, deal, names)
        })
        .filter(|deal| deal.object != one.object)
}

/// Whether the test comes between the two.
fn apart(trace: &Trace, one: &Deal, next: &Deal, names: &Names<'_>) -> bool {
    let mut between = trace.steps[one.first + 1..next.first].iter();
    between.any(|step| step.thread == one.thread && names.is_of_test(&step.location))
}

/// A look, and the change of the same object that it saw or did not see.
type Seen<'a> = (&'a Deal, &'a Deal);

/// Two looks of which one saw what another thread made of its object, and the other one did not: first the one that did not.
fn half<'a>(deals: &'a [Deal], one: &'a Deal, next: &'a Deal) -> Option<(Seen<'a>, Seen<'a>)> {
    if next.changes {
        return None;
    }
    let only = |object: u32, thread: u32| {
        let mut changes = deals
            .iter()
            .filter(move |deal| deal.changes && deal.object == object && deal.thread == thread);
        changes.next().filter(|_| changes.next().is_none())
    };
    let others = deals
        .iter()
        .filter(|deal| deal.changes && deal.thread != one.thread);
    others.map(|deal| deal.thread).find_map(|thread| {
        let (first, second) = (only(one.object, thread)?, only(next.object, thread)?);
        match (first.last < one.first, second.last < next.first) {
            (false, true) => Some(((one, first), (next, second))),
            (true, false) => Some(((next, second), (one, first))),
            _ => None,
        }
    })
}

/// The change of what a thread had looked at that came before the thread changed something else.
fn outdated<'a>(deals: &'a [Deal], one: &Deal, next: &Deal) -> Option<&'a Deal> {
    let between = deals.iter().find(|deal| {
        deal.changes && deal.object == one.object && deal.thread != one.thread && deal.last > one.last
    });
    // Under a lock that is held to the end nothing changes in between.
    between.filter(|deal| next.changes && one.last < next.first && deal.last < next.first)
}

fn tell_half(diagnosis: &mut Diagnosis, trace: &Trace, names: &Names<'_>, [old, new]: [Seen<'_>; 2]) {
    let line = |deal: &Deal| names.line_of(&trace.steps[deal.first].location);
    let (who, them) = (names.thread(old.0.thread), names.thread(old.1.thread));
    diagnosis.say(vec![super::sentence(format!(
        "{who} sees one half of what {them} does: `{}` at {} before {them} changed it at {}, and `{}` at {} after {them} changed it at {}.",
        names.object(old.0.object),
        line(old.0),
        line(old.1),
        names.object(new.0.object),
        line(new.0),
        line(new.1),
    ))]);
    diagnosis
        .notes
        .insert(old.0.first, format!("before step {}", number(trace, old.1.last)));
    diagnosis
        .notes
        .insert(new.0.first, format!("after step {}", number(trace, new.1.last)));
    for (look, change) in [old, new] {
        diagnosis.steps.extend([look.first, change.last]);
        diagnosis.objects.insert(look.object);
        diagnosis.mark(&trace.steps[look.first].location, who.clone(), Deed::Reads);
        diagnosis.mark(&trace.steps[change.first].location, them.clone(), Deed::Writes);
    }
}

fn tell_outdated(
    diagnosis: &mut Diagnosis,
    trace: &Trace,
    names: &Names<'_>,
    [look, change, act]: [&Deal; 3],
) {
    let line = |deal: &Deal| names.line_of(&trace.steps[deal.first].location);
    let (who, them) = (names.thread(look.thread), names.thread(change.thread));
    let found = trace.steps[look.first].read.as_deref().unwrap_or_default();
    let found = cut(&clean_line(found), WIDEST).replace('`', "'");
    diagnosis.say(vec![super::sentence(format!(
        "{who} looked at `{}` at {} and found `{found}`; {them} changed it at {} before {who} changed `{}` at {}.",
        names.object(look.object),
        line(look),
        line(change),
        names.object(act.object),
        line(act),
    ))]);
    let note = format!(
        "what step {} found has changed by step {}",
        number(trace, look.first),
        number(trace, change.last)
    );
    diagnosis.notes.insert(act.first, note);
    diagnosis.steps.extend([look.first, change.last, act.first]);
    diagnosis.objects.extend([look.object, act.object]);
    diagnosis.mark(&trace.steps[look.first].location, who.clone(), Deed::Reads);
    diagnosis.mark(&trace.steps[change.first].location, them, Deed::Writes);
    diagnosis.mark(&trace.steps[act.first].location, who, Deed::Writes);
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

    #[test]
    fn a_look_between_two_halves_of_a_change_is_told() {
        assert_eq!(
            found(&traces::halves()),
            [
                "Thread 1 sees one half of what thread 2 does: `a` at line 8 before thread 2 changed it at line 15, and `b` at line 9 after thread 2 changed it at line 14."
            ]
        );
    }

    #[test]
    fn a_look_before_or_after_the_whole_change_is_right() {
        for steps in [[0, 1, 2, 3, 4, 5, 6, 7], [4, 5, 6, 7, 0, 1, 2, 3]] {
            let mut trace = traces::halves();
            let all = trace.steps.clone();
            let ordered = |thread: u32| all.iter().filter(move |step| step.thread == thread).cloned();
            let both: Vec<_> = ordered(1).chain(ordered(2)).collect();
            trace.steps = steps.map(|at| both[at].clone()).into();
            assert!(found(&trace).is_empty(), "{steps:?}: {:?}", found(&trace));
        }
    }

    #[test]
    fn a_change_on_the_ground_of_a_look_at_something_else_is_told() {
        assert_eq!(
            found(&traces::checks_a_flag()),
            [
                "Thread 1 looked at `closed` at line 8 and found `false`; thread 2 changed it at line 14 before thread 1 changed `sum` at line 9."
            ]
        );
    }
}
