//! A replay in words: what both of its forms show.

use kata_protocol::{Location, trace::Step};
use kata_untrusted::{clean, clean_line};

use super::{
    Replay,
    walk::{Moment, Stand, Walk},
    words::{self, Origin},
};
use crate::{
    explanation::explain,
    page::{cut, grouped},
    screen::trace::{
        diagnosis::{self, Diagnosis},
        names::Names,
        row::{Row, number},
        schedule,
    },
};

/// A test's name is not shown wider than this.
const WIDEST: usize = 60;

/// At most so many lines of the test's message: it is a sentence or two, seldom a page.
const MESSAGE_LINES: usize = 12;

/// A replay with all that is derived from it once.
pub(super) struct Story<'a> {
    pub(super) replay: &'a Replay<'a>,
    pub(super) names: Names<'a>,
    pub(super) walk: Walk<'a>,
    diagnosis: Diagnosis,
}

/// A thread at a moment.
pub(super) struct ThreadRow {
    /// Whether it took the last step.
    pub(super) steps: bool,
    pub(super) is_the_test: bool,
    pub(super) name: String,
    /// `41`, `test`; empty where it is nowhere.
    pub(super) line: String,
    /// What stands in that line.
    pub(super) code: String,
    /// What it is about to do, or waits for.
    pub(super) does: String,
    /// Whether it cannot go on.
    pub(super) waits: bool,
}

/// An object at a moment.
pub(super) struct ObjectRow {
    /// Whether the last step was to it.
    pub(super) touched: bool,
    /// `counter = 1`
    pub(super) valued: String,
    /// `AtomicU64`
    pub(super) kind: String,
    /// `held by thread 1 since line 38`
    pub(super) condition: String,
}

impl<'a> Story<'a> {
    pub(super) fn of(replay: &'a Replay<'a>) -> Story<'a> {
        let trace = &*replay.trace;
        let names = Names::of(trace);
        let diagnosis = diagnosis::of(trace, replay.test.verdict, &names);
        Story {
            replay,
            walk: Walk::of(trace),
            diagnosis,
            names,
        }
    }

    /// `lost-update · no_update_is_lost`
    pub(super) fn title(&self) -> String {
        let name = cut(&clean_line(&self.replay.test.name), WIDEST);
        format!("{} · {name}", clean_line(self.replay.exercise))
    }

    /// `Schedule 8, with one preemption; the same one every time.`
    pub(super) fn schedule(&self) -> String {
        schedule(&self.replay.trace, None)
    }

    /// `9,001 steps before these are not kept`, where there are some.
    pub(super) fn before(&self) -> Option<String> {
        let left_out = self.replay.trace.left_out;
        let number = grouped(u64::try_from(left_out).unwrap_or(u64::MAX));
        match left_out {
            0 => None,
            1 => Some("1 step before these is not kept".to_owned()),
            _ => Some(format!("{number} steps before these are not kept")),
        }
    }

    /// Where the source that is shown is not the learner's file any more.
    pub(super) fn notice(&self) -> Option<&'static str> {
        self.replay
            .changed
            .then_some("Your files have changed since: this is the source as it was graded.")
    }

    /// `step 4 of 11`
    pub(super) fn counter(&self, at: usize) -> String {
        let trace = &self.replay.trace;
        let last = trace.left_out.saturating_add(trace.steps.len());
        format!("step {} of {last}", number(trace, at))
    }

    pub(super) fn step(&self, at: usize) -> Option<&'a Step> {
        self.replay.trace.steps.get(at)
    }

    /// A step as a row of a table.
    pub(super) fn row(&self, at: usize) -> Option<Row> {
        Row::of_step(&self.replay.trace, at, &self.names, &self.diagnosis)
    }

    /// `thread 2, line 41`
    pub(super) fn who_and_where(&self, step: &Step) -> String {
        let who = self.names.thread(step.thread);
        match self.names.is_of_test(&step.location) {
            true if step.thread == 0 => who,
            true => format!("{who}, in the test"),
            false => format!("{who}, {}", self.names.line_of(&step.location)),
        }
    }

    /// What there is to say about the place of a step besides its operation.
    pub(super) fn remark(&self, step: &Step) -> Option<&'static str> {
        words::origin(&step.op).map(|origin| match origin {
            Origin::Taken => "taken here, given back now",
            Origin::Made => "made here, dropped now",
            Origin::Started => "started here, ends now",
        })
    }

    /// The threads, each where it stands.
    pub(super) fn threads(&self, moment: &Moment<'_>, at: Option<usize>) -> Vec<ThreadRow> {
        let stepping = at.and_then(|at| self.step(at)).map(|step| step.thread);
        let rows = (0..).zip(&moment.threads).map(|(thread, stand)| {
            let pending = match stand {
                Stand::Before(pending) => Some(pending),
                _ => None,
            };
            let location: Option<&Location> = pending
                .filter(|pending| words::origin(pending.op).is_none())
                .map(|pending| pending.location);
            ThreadRow {
                steps: stepping == Some(thread),
                is_the_test: thread == 0,
                name: self.names.thread(thread),
                line: location
                    .map(|location| self.names.line(location))
                    .unwrap_or_default(),
                code: location
                    .and_then(|location| super::excerpt::line(location, self.replay.sources))
                    .unwrap_or_default(),
                does: words::stand(stand, thread, &self.names),
                waits: pending.is_some_and(|pending| pending.wait.is_some()),
            }
        });
        rows.collect()
    }

    /// The objects that have been touched, or are about to be.
    pub(super) fn objects(&self, moment: &Moment<'_>, at: Option<usize>) -> Vec<ObjectRow> {
        let touched = at.and_then(|at| self.step(at)).and_then(|step| step.object);
        let rows = moment.objects.iter().map(|(object, shared)| ObjectRow {
            touched: touched == Some(*object),
            valued: words::valued(*object, shared, &self.names),
            kind: words::kind(&self.replay.trace, *object),
            condition: words::condition(*object, shared, moment, &self.names),
        });
        rows.collect()
    }

    /// What the test said when it failed, in lines; what a submission wrote is in it.
    pub(super) fn message(&self) -> Vec<String> {
        let message = self.replay.test.message.as_deref().unwrap_or_default();
        let message = clean(message.trim_end());
        message.lines().take(MESSAGE_LINES).map(str::to_owned).collect()
    }

    /// What went wrong, in sentences of ours.
    pub(super) fn sentences(&self) -> Vec<String> {
        if !self.diagnosis.sentences.is_empty() {
            return self.diagnosis.sentences.clone();
        }
        let test = self.replay.test;
        let explanation = explain(test.verdict, test.message.as_deref());
        let sentences = explanation.map(|explanation| format!("{} {}", explanation.rule, explanation.advice));
        sentences.into_iter().collect()
    }
}
