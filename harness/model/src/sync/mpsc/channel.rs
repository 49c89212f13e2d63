//! The model of a channel.
//!
//! Two objects are touched: the queue, and the count of senders. Taking a message commutes with the end of a sender;
//! only a receiver that finds the queue empty asks whether anyone is left to send.
//!
//! A channel without a buffer hands each message over. A sender that comes first leaves its message and waits until it is
//! taken; a receiver that comes first begins to wait, so that `try_send` can see it, and is given one.

use std::{
    collections::VecDeque,
    sync::{
        Mutex, MutexGuard, PoisonError,
        mpsc::{RecvTimeoutError, TryRecvError, TrySendError},
    },
    time::Duration,
};

use crate::{
    engine::{
        Access, Execution, Loc, Mode, ObjectId, Op, Ready, State, ThreadId, Way, epoch, me, step, step_when,
        with, within_reach,
    },
    faults::{Fault, planted},
};

pub(super) struct Channel<T> {
    /// The execution that it belongs to.
    pub(super) epoch: Option<u32>,
    queue_id: ObjectId,
    senders_id: ObjectId,
    /// `None` for a channel without bound.
    bound: Option<usize>,
    state: Mutex<Messages<T>>,
}

struct Messages<T> {
    /// Each with the thread that waits for it to be taken, if one does.
    queue: VecDeque<(T, Option<ThreadId>)>,
    senders: usize,
    receiver: bool,
    /// Threads that have seen that nobody sends any more, as a set: to them the receiver is of no more use, and when
    /// it goes makes no difference.
    saw_end: u64,
    /// Threads that have received, as a set.
    users: u64,
    /// In a channel without a buffer: whether the receiver has begun to wait, and what it was given.
    waiting: bool,
    given: Option<T>,
}

impl<T> Channel<T> {
    pub(super) fn new(bound: Option<usize>, created: Loc) -> Self {
        let (queue_id, senders_id) = with(|execution| {
            (
                execution.add_object("channel", created, State::Value),
                execution.add_object("senders", created, State::Value),
            )
        });
        Channel {
            epoch: epoch(),
            queue_id,
            senders_id,
            bound,
            state: Mutex::new(Messages {
                queue: VecDeque::new(),
                senders: 1,
                receiver: true,
                saw_end: 0,
                users: 0,
                waiting: false,
                given: None,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, Messages<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn op<'a>(
        &self,
        name: &'static str,
        location: Loc,
        wants: &'a [Access],
        limit: Option<Duration>,
    ) -> Op<'a> {
        Op {
            name,
            object: Some(self.queue_id),
            location,
            wants,
            joins: &[],
            limit,
        }
    }

    fn queue_access(&self, mode: Mode) -> Access {
        Access {
            object: self.queue_id,
            mode,
        }
    }

    fn full(&self, state: &Messages<T>) -> bool {
        // Without a buffer a sender always leaves its message, and waits afterwards.
        self.bound.is_some_and(|bound| {
            bound > 0 && state.queue.len() >= bound + usize::from(planted(Fault::OneTooMany))
        })
    }

    /// Sends; gives the message back when nobody will ever receive it.
    pub(super) fn send(&self, message: T, location: Loc) -> Result<(), T> {
        let wants = [self.queue_access(Mode::Write)];
        step_when(&self.op("send", location, &wants, None), &|_| {
            let state = self.state();
            Ready::when(!state.receiver || !self.full(&state))
        });
        if self.bound == Some(0) {
            return self.hand_over(message, location);
        }
        if !self.state().receiver {
            self.note("send", Mode::Read, location, Some("nobody receives"));
            return Err(message);
        }
        self.state().queue.push_back((message, None));
        self.note("send", Mode::Write, location, None);
        Ok(())
    }

    /// The rest of a send on a channel without a buffer.
    fn hand_over(&self, message: T, location: Loc) -> Result<(), T> {
        let me = me();
        {
            let mut state = self.state();
            if !state.receiver {
                drop(state);
                self.note("send", Mode::Read, location, Some("nobody receives"));
                return Err(message);
            }
            if state.waiting {
                state.waiting = false;
                state.given = Some(message);
                drop(state);
                self.note("send", Mode::Write, location, None);
                return Ok(());
            }
            state.queue.push_back((message, Some(me)));
        }
        let signal = with(|execution| {
            execution.thread().notified = false;
            execution.thread().signal
        });
        self.note("send", Mode::Write, location, Some("waits for the receiver"));
        let wants = [Access {
            object: signal,
            mode: Mode::Acquire,
        }];
        step_when(&self.op("send", location, &wants, None), &|execution| {
            Ready::when(execution.threads[me.index()].notified || planted(Fault::HandOverAtOnce))
        });
        with(|execution| execution.touch(signal, Mode::Acquire));
        let mut state = self.state();
        match state.queue.iter().position(|(_, sender)| *sender == Some(me)) {
            None => Ok(()),
            // The receiver is gone, and woke the senders that still waited.
            Some(at) => match state.queue.remove(at) {
                Some((message, _)) => Err(message),
                None => Ok(()),
            },
        }
    }

    pub(super) fn try_send(&self, message: T, location: Loc) -> Result<(), TrySendError<T>> {
        step("try_send", Some(self.queue_id), location);
        let mut state = self.state();
        if !state.receiver {
            drop(state);
            self.note("try_send", Mode::Read, location, Some("nobody receives"));
            return Err(TrySendError::Disconnected(message));
        }
        let rendezvous = self.bound == Some(0);
        if self.full(&state) || (rendezvous && !state.waiting) {
            drop(state);
            self.note("try_send", Mode::Read, location, Some("full"));
            return Err(TrySendError::Full(message));
        }
        if rendezvous {
            state.waiting = false;
            state.given = Some(message);
        } else {
            state.queue.push_back((message, None));
        }
        drop(state);
        self.note("try_send", Mode::Write, location, None);
        Ok(())
    }

    pub(super) fn try_recv(&self, location: Loc) -> Result<T, TryRecvError> {
        step("try_recv", Some(self.queue_id), location);
        if let Some(message) = self.pop("try_recv", location) {
            return Ok(message);
        }
        let senders = self.state().senders;
        if senders == 0 {
            self.state().saw_end |= me().bit();
        }
        with(|execution| {
            execution.touch(self.queue_id, Mode::Read);
            execution.touch(self.senders_id, Mode::Read);
            execution.observe(Some(self.queue_id), location);
            if let Some(event) = execution.record("try_recv", Some(self.queue_id), location) {
                event.note = Some(if senders == 0 { "nobody sends" } else { "empty" });
            }
        });
        Err(if senders == 0 {
            TryRecvError::Disconnected
        } else {
            TryRecvError::Empty
        })
    }

    /// Receives, within `limit` if there is one. Without a limit it never times out.
    pub(super) fn recv(&self, limit: Option<Duration>, location: Loc) -> Result<T, RecvTimeoutError> {
        let limit = within_reach(limit);
        let name = if limit.is_some() { "recv_timeout" } else { "recv" };
        if self.bound == Some(0) {
            step(name, Some(self.queue_id), location);
            if let Some(message) = self.pop(name, location) {
                return Ok(message);
            }
            self.state().waiting = true;
            self.note(name, Mode::Write, location, Some("begins to wait"));
        }
        let wants = [
            self.queue_access(Mode::Write),
            Access {
                object: self.senders_id,
                mode: Mode::Acquire,
            },
        ];
        let ready = |_: &Execution| {
            let state = self.state();
            let ended = state.senders == 0 && !planted(Fault::MissDisconnect);
            let possible = state.given.is_some() || !state.queue.is_empty() || ended;
            Ready::within(possible, limit.is_some() && !planted(Fault::NeverExpires))
        };
        let way = step_when(&self.op(name, location, &wants, limit), &ready);
        self.state().waiting = false;
        if way == Way::Expire {
            with(|execution| {
                let mode = if self.bound == Some(0) {
                    Mode::Write
                } else {
                    Mode::Read
                };
                if !planted(Fault::DropExpiries) {
                    execution.touch(self.queue_id, mode);
                    execution.touch(self.senders_id, Mode::Read);
                }
                execution.observe(Some(self.queue_id), location);
                if let Some(event) = execution.record(name, Some(self.queue_id), location) {
                    event.note = Some("timed out");
                }
            });
            return Err(RecvTimeoutError::Timeout);
        }
        if let Some(message) = self.pop(name, location) {
            return Ok(message);
        }
        self.state().saw_end |= me().bit();
        // One whose time could have been over need not have come after the end of the last sender.
        let asks = if limit.is_some() && !planted(Fault::TimedReceivesWait) {
            Mode::Read
        } else {
            Mode::Acquire
        };
        with(|execution| {
            execution.touch(self.queue_id, Mode::Read);
            execution.touch(self.senders_id, asks);
            execution.observe(Some(self.queue_id), location);
            if let Some(event) = execution.record(name, Some(self.queue_id), location) {
                event.note = Some("nobody sends");
            }
        });
        Err(RecvTimeoutError::Disconnected)
    }

    /// Takes the first message, in the step under way, and lets its sender go on.
    fn pop(&self, name: &'static str, location: Loc) -> Option<T> {
        let mut state = self.state();
        let (message, sender) = match state.given.take() {
            Some(message) => (message, None),
            None => state.queue.pop_front()?,
        };
        state.users |= me().bit();
        drop(state);
        self.note(name, Mode::Write, location, None);
        with(|execution| release(execution, sender));
        Some(message)
    }

    /// A sender more: whoever makes it has one, so nobody can tell.
    pub(super) fn add_sender(&self) {
        self.state().senders += 1;
    }

    pub(super) fn drop_sender(&self, location: Loc) {
        if epoch() != self.epoch {
            return;
        }
        step("drop sender", Some(self.senders_id), location);
        let left = {
            let mut state = self.state();
            state.senders -= 1;
            state.senders
        };
        with(|execution| {
            execution.touch(self.senders_id, Mode::ReleaseShared);
            execution.progress(self.senders_id);
            if let Some(event) = execution.record("drop sender", Some(self.queue_id), location) {
                event.note = (left == 0).then_some("the last one");
            }
        });
    }

    pub(super) fn drop_receiver(&self, location: Loc) {
        if epoch() != self.epoch {
            return;
        }
        let me = me();
        {
            let mut state = self.state();
            if state.saw_end & me.bit() != 0 {
                state.receiver = false;
                return;
            }
            if state.users & !me.bit() != 0 {
                // Several threads shared it, and which of them lets go last is decided by a count that is not seen here.
                with(|execution| execution.unsure = true);
            }
        }
        step("drop receiver", Some(self.queue_id), location);
        let unread = {
            let mut state = self.state();
            state.receiver = false;
            let waiting = state.queue.iter().any(|(_, sender)| sender.is_some());
            // Messages whose senders still wait go back to them.
            if waiting {
                VecDeque::new()
            } else {
                std::mem::take(&mut state.queue)
            }
        };
        let senders: Vec<ThreadId> = self
            .state()
            .queue
            .iter()
            .filter_map(|(_, sender)| *sender)
            .collect();
        self.note("drop receiver", Mode::Write, location, None);
        with(|execution| {
            for sender in senders {
                release(execution, Some(sender));
            }
        });
        drop(unread);
    }

    fn note(&self, name: &'static str, mode: Mode, location: Loc, note: Option<&'static str>) {
        with(|execution| {
            execution.touch(self.queue_id, mode);
            if mode == Mode::Read {
                execution.observe(Some(self.queue_id), location);
            } else {
                execution.progress(self.queue_id);
            }
            if let Some(event) = execution.record(name, Some(self.queue_id), location) {
                event.note = note;
            }
        });
    }
}

/// Lets a sender of a channel without a buffer go on.
fn release(execution: &mut Execution, sender: Option<ThreadId>) {
    if let Some(sender) = sender {
        let signal = execution.threads[sender.index()].signal;
        execution.touch(signal, Mode::Release);
        execution.threads[sender.index()].notified = true;
    }
}
