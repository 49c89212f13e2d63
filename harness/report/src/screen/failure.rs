//! One way in which tests fail: what it means, the message, where, and what the program printed.

use std::collections::BTreeSet;

use kata_protocol::{Location, Verdict, measure::Measure, report::TestReport};

use super::{Learner, measure, printed, processes, source, table, timeline, tone, trace, turns};
use kata_untrusted::{clean, clean_line};

use crate::{
    explanation::explain,
    page::{Page, cut},
    style::Tone,
};

/// Where the text of a failure begins.
const INDENT: usize = 4;

/// At most so many lines of a message, and of a note. A message is a sentence or two, seldom a page.
const MESSAGE_LINES: usize = 40;
const NOTE_LINES: usize = 12;

/// A failing test, and the tests that fail in the very same way.
pub(super) struct Failure<'a> {
    tests: &'a [TestReport],
    first: &'a TestReport,
    also: usize,
}

/// Gathers the failing tests of a report, in its order. Tests that end with the same message at the same
/// place of the learner's code, or in which threads get stuck at the same places of it, are one failure: a `todo!()`,
/// or a lost wake-up, is to be read once, not six times.
pub(super) fn gather(tests: &[TestReport]) -> Vec<Failure<'_>> {
    let mut failures: Vec<Failure<'_>> = Vec::new();
    for test in tests.iter().filter(|test| !test.verdict.is_pass()) {
        match failures.iter_mut().find(|failure| same(failure.first, test)) {
            Some(failure) => failure.also += 1,
            None => failures.push(Failure {
                tests,
                first: test,
                also: 0,
            }),
        }
    }
    failures
}

fn same(one: &TestReport, other: &TestReport) -> bool {
    let way = |test: &TestReport| (test.verdict, test.message.clone(), test.location.clone());
    let (stuck, also_stuck) = (stuck_at(one), stuck_at(other));
    let somewhere = one.location.is_some() || !stuck.is_empty();
    somewhere && way(one) == way(other) && stuck == also_stuck
}

fn stuck_at(test: &TestReport) -> BTreeSet<(&str, &Location)> {
    test.trace.as_deref().map(trace::stuck_at).unwrap_or_default()
}

/// Draws a failure. `told` are the verdicts that were explained further up; `alone` says that there is no
/// other failure, so that header and last line of the screen speak of this one.
pub(super) fn draw(
    page: &mut Page,
    failure: &Failure<'_>,
    learner: &Learner<'_>,
    told: &mut Vec<Verdict>,
    alone: bool,
) {
    let test = failure.first;
    page.gap();
    if !alone {
        heading(page, test);
    }
    if let Some(feedback) = &test.feedback {
        page.text(INDENT, Tone::Heading, &clean(feedback));
    }
    draw_message(page, failure, alone);
    let explained = told.contains(&test.verdict)
        || test
            .trace
            .as_ref()
            .is_some_and(|trace| trace::names_the_fault(trace, test.verdict));
    if !explained {
        draw_explanation(page, INDENT, test.verdict, test.message.as_deref());
    }
    if !told.contains(&test.verdict) {
        told.push(test.verdict);
    }
    let measure = test.measured.as_ref().filter(|measure| tells(test, measure));
    if let Some(measure) = measure {
        measure::draw(page, INDENT, measure);
    }
    // What came of a measurement is a picture; a schedule besides says more only if it is short, or names what went wrong.
    let trace = test.trace.as_ref().filter(|trace| match (measure, test.verdict) {
        (None, _) => true,
        (_, Verdict::TooSlow) => false,
        _ => trace::is_short(trace, test.verdict) || trace::names_the_fault(trace, test.verdict),
    });
    let replay = replay_command(failure, learner);
    let with_source = trace.is_some_and(|trace| {
        let failed = test.location.as_ref();
        trace::draw(
            page,
            INDENT,
            trace,
            test.verdict,
            failed,
            learner,
            replay.as_deref(),
        )
    });
    if let Some(turns) = &test.turns {
        turns::draw(page, INDENT, turns, learner);
    }
    if let Some(timeline) = &test.timeline {
        timeline::draw(page, INDENT, timeline);
    }
    processes::draw(page, INDENT, &test.processes);
    if let Some(location) = &test.location {
        page.gap();
        if !with_source {
            source::draw(page, INDENT, location, learner);
        }
        if !alone {
            let place = page.style().paint(Tone::Code, &clean_line(&location.to_string()));
            page.line(format!("{:INDENT$}{place}", ""));
        }
    }
    draw_notes(page, &test.notes);
    printed::draw(page, INDENT, &test.output);
    also(page, failure.also);
}

/// Draws the notes; what is said of several threads alike is said once.
fn draw_notes(page: &mut Page, notes: &[String]) {
    let mut told: Vec<(&String, usize)> = Vec::new();
    for note in notes {
        match told.iter_mut().find(|(other, _)| *other == note) {
            Some((_, times)) => *times += 1,
            None => told.push((note, 1)),
        }
    }
    for (note, times) in told {
        let more = if times > 1 {
            format!(" ({times} times)")
        } else {
            String::new()
        };
        page.gap();
        let note = clean(note);
        let note = printed::head_and_tail(note.trim_end(), NOTE_LINES);
        page.text(INDENT, Tone::Text, &(note + &more));
    }
}

/// Whether who worked when bears on the failure: it took too long, or the test did not like what it saw.
fn tells(test: &TestReport, measure: &Measure) -> bool {
    let of_the_test = test.verdict == Verdict::WrongAnswer && test.location.is_none();
    test.verdict == Verdict::TooSlow || (of_the_test && measure.threads.len() > 1)
}

/// The command that walks the schedule under which the test failed.
fn replay_command(failure: &Failure<'_>, learner: &Learner<'_>) -> Option<String> {
    let command = learner.replay?;
    let first = failure.tests.iter().find(|test| test.trace.is_some())?;
    Some(match std::ptr::eq(first, failure.first) {
        true => command.to_owned(),
        false => format!("{command} --test {}", clean_line(&failure.first.name)),
    })
}

/// `✗ name · verdict`
fn heading(page: &mut Page, test: &TestReport) {
    let style = page.style();
    let mark = style.paint(tone(test.verdict), "✗");
    let verdict = style.paint(tone(test.verdict), test.verdict.name());
    let room = page.room(INDENT + " · ".len() + test.verdict.name().len());
    let name = style.paint(Tone::Heading, &cut(&clean_line(&test.name), room));
    page.line(format!("  {mark} {name} · {verdict}"));
    page.gap();
}

/// The rule that was broken and what to try, where the verdict has more to say than its name.
pub(super) fn draw_explanation(page: &mut Page, indent: usize, verdict: Verdict, message: Option<&str>) {
    if let Some(explanation) = explain(verdict, message) {
        page.gap();
        page.say(indent, &format!("{} {}", explanation.rule, explanation.advice));
    }
}

fn draw_message(page: &mut Page, failure: &Failure<'_>, alone: bool) {
    let test = failure.first;
    let Some(message) = &test.message else { return };
    if alone && table::tells_all(test, failure.tests, page.style().width) {
        return;
    }
    page.gap();
    let message = clean(message);
    page.text(
        INDENT,
        Tone::Text,
        &printed::head_and_tail(message.trim_end(), MESSAGE_LINES),
    );
}

fn also(page: &mut Page, also: usize) {
    let sentence = match also {
        0 => return,
        1 => "One more test ends in the same way at the same place.".to_owned(),
        more => format!("{more} more tests end in the same way at the same place."),
    };
    page.gap();
    page.say(INDENT, &sentence);
}
