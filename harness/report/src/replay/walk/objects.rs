//! The objects that threads share, and what each step makes of them.

use kata_protocol::{
    Location,
    trace::{Step, Trace},
};

use crate::screen::trace::names::INTERNAL;

/// What an object is to threads, whatever its type is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// A value that is read and written: an atomic, or a type that is not known here.
    Value,
    /// It is held: a `Mutex` or a `RwLock`.
    Lock,
    Condvar,
    Barrier,
    Channel,
    /// It is done once: `Once`, `OnceLock`, `LazyLock`.
    Once,
    /// It stands for a thread, or for a part of another object, and is not shown.
    OfThread,
}

impl Family {
    fn of(kind: &str) -> Family {
        match kind {
            "Mutex" | "RwLock" => Family::Lock,
            "Condvar" => Family::Condvar,
            "Barrier" => Family::Barrier,
            "channel" => Family::Channel,
            "Once" | "OnceLock" | "LazyLock" => Family::Once,
            kind if INTERNAL.contains(&kind) => Family::OfThread,
            _ => Family::Value,
        }
    }
}

/// A thread that has an object, and since where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holding<'a> {
    pub(crate) thread: u32,
    pub(crate) since: &'a Location,
    /// Whether others may have it at the same time: it only reads.
    pub(crate) share: bool,
}

/// An object as it is at a moment. Which fields say something depends on its family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shared<'a> {
    pub(crate) family: Family,
    /// Its value, where the trace tells it. While a lock is held for writing: the one that was found.
    pub(crate) value: Option<&'a str>,
    /// Who holds it, or does what is done once.
    pub(crate) holders: Vec<Holding<'a>>,
    /// Who waits on a condition variable and has not been notified, or has arrived at a barrier.
    pub(crate) waiting: Vec<u32>,
    /// Writers that have begun to wait: new readers queue behind them.
    pub(crate) queued: Vec<u32>,
    /// Messages in a channel; `None` when steps before the trace may have sent some.
    pub(crate) messages: Option<usize>,
    /// Senders that wait until their messages are taken, in the order in which they came.
    pub(crate) offers: Vec<u32>,
    /// Whether the receiver is gone, and whether the last sender is.
    pub(crate) no_receiver: bool,
    pub(crate) no_sender: bool,
    pub(crate) poisoned: bool,
    /// Whether what is done once has been done.
    pub(crate) done: bool,
}

/// All that steps change, at a moment.
#[derive(Clone, Debug)]
pub(super) struct State<'a> {
    pub(super) objects: Vec<Shared<'a>>,
    /// The threads whose next `park` returns at once.
    pub(super) tokens: Vec<u32>,
    /// What was given back although nobody was seen to take it: it was taken before the trace begins.
    taken_before: Vec<(u32, Holding<'a>)>,
}

/// What an operation says when it got nothing.
const REFUSED: [&str; 2] = ["would block", "begins to wait"];

impl<'a> State<'a> {
    /// How things were before the first step of the trace.
    pub(super) fn before(trace: &'a Trace) -> State<'a> {
        let objects = (0..).zip(&trace.objects).map(|(at, object)| {
            let family = Family::of(&object.kind);
            Shared {
                family,
                value: first_value(trace, at),
                holders: Vec::new(),
                waiting: Vec::new(),
                queued: Vec::new(),
                messages: (trace.left_out == 0).then_some(0),
                offers: Vec::new(),
                no_receiver: false,
                no_sender: false,
                poisoned: false,
                done: false,
            }
        });
        let mut state = State {
            objects: objects.collect(),
            tokens: Vec::new(),
            taken_before: Vec::new(),
        };
        if trace.left_out == 0 {
            return state;
        }
        let mut end = state.clone();
        for step in &trace.steps {
            end.apply(step);
        }
        for (object, holding) in end.taken_before.iter().chain(&end.held_by_the_blocked(trace)) {
            if let Some(shared) = state.objects.get_mut(*object as usize) {
                shared.holders.push(*holding);
            }
        }
        state
    }

    /// Who holds what a blocked thread wants, as far as the steps do not tell it.
    fn held_by_the_blocked(&self, trace: &'a Trace) -> Vec<(u32, Holding<'a>)> {
        let mut held: Vec<(u32, Holding<'a>)> = Vec::new();
        for blocked in &trace.blocked {
            let Some(object) = blocked.object else { continue };
            let Some(shared) = self.objects.get(object as usize) else {
                continue;
            };
            for holder in &blocked.holders {
                let is = |holding: &Holding<'_>| holding.thread == holder.thread;
                let known = shared.holders.iter().any(is)
                    || held
                        .iter()
                        .any(|(other, holding)| *other == object && is(holding));
                if !known {
                    let holding = Holding {
                        thread: holder.thread,
                        since: &holder.since,
                        share: blocked.op == "write",
                    };
                    held.push((object, holding));
                }
            }
        }
        held
    }

    /// Does a step.
    pub(super) fn apply(&mut self, step: &'a Step) {
        match step.op.as_str() {
            "unpark" => self.tokens.extend(&step.threads),
            // One that wakes by itself has had no token.
            "park" | "park_timeout" => self.tokens.retain(|thread| *thread != step.thread),
            _ => {}
        }
        let Some(object) = step.object else { return };
        let Some(shared) = self.objects.get_mut(object as usize) else {
            return;
        };
        match shared.family {
            Family::Value => shared.value = step.wrote.as_deref().or(step.read.as_deref()).or(shared.value),
            Family::Lock => {
                if let Some(holding) = shared.lock(step) {
                    self.taken_before.push((object, holding));
                }
            }
            Family::Condvar => shared.condvar(step),
            Family::Barrier => shared.barrier(step),
            Family::Channel => shared.channel(step),
            Family::Once => shared.once(step),
            Family::OfThread => {}
        }
    }
}

impl<'a> Shared<'a> {
    /// Gives what was given back without having been taken.
    fn lock(&mut self, step: &'a Step) -> Option<Holding<'a>> {
        let note = step.note.as_deref().unwrap_or_default();
        let holding = |share| Holding {
            thread: step.thread,
            since: &step.location,
            share,
        };
        match step.op.as_str() {
            "write" if note == "begins to wait" => self.queued.push(step.thread),
            _ if REFUSED.contains(&note) => {}
            "lock" | "try_lock" | "relock" | "write" | "try_write" => self.take(step, holding(false)),
            "read" | "try_read" => self.take(step, holding(true)),
            "unlock" | "downgrade" => {
                self.value = step.wrote.as_deref().or(self.value);
                self.poisoned |= note == "poisons it";
                let given = self.holders.iter().rposition(|held| {
                    held.thread == step.thread && (held.since == &step.location || !held.share)
                });
                match given {
                    Some(given) => drop(self.holders.remove(given)),
                    None => return Some(holding(self.holders.iter().any(|held| held.share))),
                }
                if step.op == "downgrade" {
                    self.holders.push(holding(true));
                }
            }
            "clear_poison" => self.poisoned = false,
            _ => {}
        }
        None
    }

    fn take(&mut self, step: &'a Step, holding: Holding<'a>) {
        self.queued.retain(|thread| *thread != step.thread);
        self.value = step.read.as_deref().or(self.value);
        self.poisoned |= step.note.as_deref() == Some("poisoned");
        self.holders.push(holding);
    }

    fn condvar(&mut self, step: &Step) {
        match step.op.as_str() {
            "wait" | "wait_timeout" => self.waiting.push(step.thread),
            "woken" => self.waiting.retain(|thread| *thread != step.thread),
            _ => self.waiting.retain(|thread| !step.threads.contains(thread)),
        }
    }

    fn barrier(&mut self, step: &Step) {
        match step.note.as_deref() {
            Some("waits") => self.waiting.push(step.thread),
            Some("the last to arrive") => self.waiting.clear(),
            _ => {}
        }
    }

    fn channel(&mut self, step: &Step) {
        let note = step.note.as_deref();
        match (step.op.as_str(), note) {
            ("send", Some("waits for the receiver")) => self.offers.push(step.thread),
            ("send" | "try_send", None) => self.messages = self.messages.map(|messages| messages + 1),
            ("recv" | "try_recv" | "recv_timeout", None) => match self.messages {
                Some(0) | None if !self.offers.is_empty() => drop(self.offers.remove(0)),
                messages => self.messages = messages.map(|messages| messages.saturating_sub(1)),
            },
            ("drop receiver", _) => {
                self.no_receiver = true;
                self.messages = Some(0);
                self.offers.clear();
            }
            ("drop sender", Some("the last one")) => self.no_sender = true,
            _ => {}
        }
    }

    fn once(&mut self, step: &'a Step) {
        let begins = match step.note.as_deref() {
            Some("the first") => true,
            // Only one that forces its way begins again.
            Some("poisoned") => step.op != "once" && step.op != "call_once",
            _ => false,
        };
        if begins {
            self.holders = vec![Holding {
                thread: step.thread,
                since: &step.location,
                share: false,
            }];
        } else if step.op == "once" {
            self.holders.clear();
            self.done = step.note.as_deref() == Some("done");
            self.poisoned = !self.done;
        }
    }
}

/// The value that the first step of the trace finds which touches an object: nothing has changed it before.
fn first_value(trace: &Trace, object: u32) -> Option<&str> {
    let told = trace.steps.iter().find(|step| {
        step.object == Some(object)
            && step.op != "is_poisoned"
            && (step.read.is_some() || step.wrote.is_some())
    });
    told?.read.as_deref()
}
