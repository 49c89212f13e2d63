//! What happened under the schedule that fails: what went wrong in a sentence or two, who did what in which order, and
//! the lines of the source that did it.

pub(crate) mod diagnosis;
mod excerpt;
mod fold;
mod list;
pub(crate) mod names;
pub(crate) mod row;
mod table;

use std::{borrow::Cow, collections::BTreeSet};

use kata_protocol::{
    Location, Verdict,
    trace::{STEPS_CAP, Trace},
};

use self::{
    diagnosis::{Deed, Diagnosis},
    fold::{Folded, Part, fold},
    names::Names,
    row::Row,
};
use super::Learner;
use crate::{
    page::{Page, count, grouped},
    style::Style,
};

/// At most so many threads that wait for ever get a row of their own.
const WAITING: usize = 12;

/// So many rows of one and the same line do not repeat it.
const ONE_LINE: usize = 5;

/// No scenario that can be explored has more threads.
const THREADS_CAP: usize = 100;

/// One line of what is shown below the headings.
enum Line {
    Row(Row),
    LeftOut(usize),
}

/// Whether the trace tells what went wrong, so that nothing general has to be said about it.
pub(crate) fn names_the_fault(trace: &Trace, verdict: Verdict) -> bool {
    let trace = &*capped(trace);
    !diagnosis::of(trace, verdict, &Names::of(trace))
        .sentences
        .is_empty()
}

/// The one line that all steps of the learner's code are at, where they are so many that to repeat it would be noise: as in a
/// method of the learner's own that does nothing but lock.
fn only_line(lines: &[Line]) -> Option<String> {
    let rows = lines.iter().filter_map(Line::row);
    let mut own = rows.filter(|row| row.line.parse::<u32>().is_ok());
    let first = own.next()?.line.clone();
    let (mut more, mut same) = (0, true);
    for row in own {
        more += 1;
        same &= row.line == first;
    }
    (same && more + 1 >= ONE_LINE).then_some(first)
}

/// Whether all that happened to what threads share can be shown; not where they share nothing, and only begin and end.
pub(crate) fn is_short(trace: &Trace, verdict: Verdict) -> bool {
    let trace = &*capped(trace);
    let names = Names::of(trace);
    let folded = fold(trace, &diagnosis::of(trace, verdict, &names), &names);
    let whole = |part: &Part| matches!(part, Part::Step(_));
    folded.parts.iter().all(whole) && folded.aside > 0
}

impl Line {
    fn row(&self) -> Option<&Row> {
        match self {
            Line::Row(row) => Some(row),
            Line::LeftOut(_) => None,
        }
    }

    fn row_mut(&mut self) -> Option<&mut Row> {
        match self {
            Line::Row(row) => Some(row),
            Line::LeftOut(_) => None,
        }
    }
}

/// Where in the learner's code threads wait for ever, and for what.
pub(super) fn stuck_at(trace: &Trace) -> BTreeSet<(&str, &Location)> {
    let blocked = trace.blocked.iter().take(THREADS_CAP);
    blocked
        .filter(|blocked| !names::is_test(&blocked.location.file))
        .map(|blocked| (blocked.op.as_str(), &blocked.location))
        .collect()
}

/// Draws the explanation of a failing schedule, with the command that walks it where there is one; gives whether it shows
/// lines of the source.
pub(super) fn draw(
    page: &mut Page,
    indent: usize,
    trace: &Trace,
    verdict: Verdict,
    failed: Option<&Location>,
    learner: &Learner<'_>,
    replay: Option<&str>,
) -> bool {
    let trace = &*capped(trace);
    let names = Names::of(trace);
    let mut diagnosis = diagnosis::of(trace, verdict, &names);
    let folded = fold(trace, &diagnosis, &names);
    page.gap();
    for sentence in &diagnosis.sentences {
        page.say(indent, sentence);
    }
    page.gap();
    page.say(indent, &schedule(trace, replay));
    page.gap();
    let mut lines = lines(trace, &folded, &names, &diagnosis);
    if let Some(line) = only_line(&lines) {
        page.say(
            indent,
            &format!("Every step of your code that is shown is at line {line}."),
        );
        page.gap();
        for row in lines.iter_mut().filter_map(Line::row_mut) {
            if row.line == line {
                row.line.clear();
            }
        }
    }
    if !table::draw(page, indent, &lines, &names) {
        list::draw(page, indent, &lines, &names);
    }
    not_shown(page, indent, &folded);
    if let Some(failed) = failed.filter(|failed| !is_among(failed, &touched(trace, &folded, &diagnosis))) {
        diagnosis.mark(failed, "it".to_owned(), Deed::Fails);
    }
    let touched = touched(trace, &folded, &diagnosis);
    excerpt::draw(page, indent, names.main(), &touched, &diagnosis.marks, learner)
}

/// The same without colours and without source, so many columns wide: for an export.
pub(crate) fn plain(trace: &Trace, verdict: Verdict, width: usize) -> String {
    let mut page = Page::new(&Style::plain(width));
    draw(&mut page, 0, trace, verdict, None, &Learner::default(), None);
    page.finish().trim_end().to_owned()
}

/// The trace with no more steps and threads than one is to have: what a submission says may be longer.
pub(crate) fn capped(trace: &Trace) -> Cow<'_, Trace> {
    let more = trace.steps.len().saturating_sub(STEPS_CAP);
    if more == 0 && trace.blocked.len() <= THREADS_CAP && trace.threads.len() <= THREADS_CAP {
        return Cow::Borrowed(trace);
    }
    let mut trace = trace.clone();
    trace.blocked.truncate(THREADS_CAP);
    trace.threads.truncate(THREADS_CAP);
    trace.steps.drain(..more);
    trace.left_out = trace.left_out.saturating_add(more);
    Cow::Owned(trace)
}

/// `Schedule 8, with one preemption; the same one every time: kata replay.`
pub(crate) fn schedule(trace: &Trace, replay: Option<&str>) -> String {
    let Some(found_at) = trace.found_at else {
        return "On the ideal machine, where the thread that is behind always goes first; the same every time."
            .to_owned();
    };
    let number = grouped(found_at);
    let preemptions = match trace.preemptions {
        0 => "without a preemption".to_owned(),
        1 => "with one preemption".to_owned(),
        more => format!("with {more} preemptions"),
    };
    let others = match trace.some_pass {
        true => "",
        false => " None of the schedules that were tried passes.",
    };
    let replay = replay.map(|command| format!(": `{command}`")).unwrap_or_default();
    format!("Schedule {number}, {preemptions}; the same one every time{replay}.{others}")
}

/// The rows: the steps that are shown, then what each thread that is blocked waits to do.
fn lines(trace: &Trace, folded: &Folded, names: &Names<'_>, diagnosis: &Diagnosis) -> Vec<Line> {
    let steps = folded.parts.iter().filter_map(|part| match part {
        Part::Step(at) => Row::of_step(trace, *at, names, diagnosis).map(Line::Row),
        Part::LeftOut(number) => Some(Line::LeftOut(*number)),
    });
    let mut lines: Vec<_> = steps.collect();
    let waiting = diagnosis
        .waiting
        .iter()
        .filter_map(|thread| trace.blocked.iter().find(|blocked| blocked.thread == *thread));
    lines.extend(
        waiting
            .take(WAITING)
            .map(|blocked| Line::Row(Row::of_blocked(blocked, names))),
    );
    lines
}

/// Says how many steps are not in the table although nothing in it shows the gap.
fn not_shown(page: &mut Page, indent: usize, folded: &Folded) {
    let aside = match folded.aside {
        0 => None,
        1 => Some("1 step that starts or ends a thread or touches nothing shared".to_owned()),
        more => Some(format!(
            "{more} steps that start or end threads or touch nothing shared"
        )),
    };
    let after = (folded.after > 0).then(|| format!("{} after the failure", count(folded.after, "step")));
    let all: Vec<String> = aside.into_iter().chain(after).collect();
    if !all.is_empty() {
        page.gap();
        page.say(indent, &format!("Not shown: {}.", all.join(", and ")));
    }
}

/// Whether the line of a place is among these.
fn is_among(place: &Location, places: &[&Location]) -> bool {
    places
        .iter()
        .any(|other| other.file == place.file && other.line == place.line)
}

/// The places that the steps on the screen are at.
fn touched<'a>(trace: &'a Trace, folded: &Folded, diagnosis: &'a Diagnosis) -> Vec<&'a Location> {
    let steps = folded.parts.iter().filter_map(|part| match part {
        Part::Step(at) => trace.steps.get(*at).map(|step| &step.location),
        Part::LeftOut(_) => None,
    });
    steps
        .chain(diagnosis.marks.iter().map(|mark| &mark.location))
        .collect()
}

#[cfg(test)]
mod specification;
