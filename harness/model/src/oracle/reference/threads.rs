//! The channel, parking, and threads that wait for threads.

use std::collections::VecDeque;

use super::{Instr, Machine, Moved, NONE, Receive, Thread};
use crate::oracle::program::{Kind, Op};

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Channel {
    bound: Option<usize>,
    /// Messages; without a buffer each has the sender that waits for it to be taken.
    queue: VecDeque<(u64, Option<usize>)>,
    pub(super) senders: usize,
    receiver: bool,
    /// Without a buffer: whether the receiver waits, and what it was handed.
    waiting: bool,
    handed: Option<u64>,
}

impl Channel {
    pub(super) fn new(bound: Option<usize>, senders: usize) -> Self {
        Channel {
            bound,
            queue: VecDeque::new(),
            senders,
            receiver: true,
            waiting: false,
            handed: None,
        }
    }

    fn full(&self) -> bool {
        self.bound
            .is_some_and(|bound| bound > 0 && self.queue.len() == bound)
    }

    fn pop(&mut self) -> Option<u64> {
        let handed = self.handed.take();
        handed.or_else(|| self.queue.pop_front().map(|(message, _)| message))
    }

    pub(super) fn drop_receiver(&mut self) {
        self.receiver = false;
        self.queue.retain(|(_, sender)| sender.is_some());
    }
}

impl Moved {
    /// Begins an operation; `false` if it is none of these.
    pub(super) fn begin_on_threads(&mut self, op: Op) -> bool {
        let Op { kind, object, value } = op;
        match kind {
            Kind::Send | Kind::TrySend if !self.me().sends => self.to(|_, _| ()),
            Kind::Send => self.send(value),
            Kind::TrySend if self.from.channel.bound.is_none() => self.send(value),
            Kind::TrySend => self.try_send(value),
            Kind::Receive | Kind::TryReceive | Kind::ReceiveTimeout | Kind::Drain if !self.me().receives => {
                self.to(|_, _| ());
            }
            Kind::Receive => self.take(Instr::BeginReceive(Receive::Once)),
            Kind::ReceiveTimeout => self.take(Instr::BeginReceive(Receive::Timed)),
            Kind::Drain => self.take(Instr::BeginReceive(Receive::Drain)),
            Kind::TryReceive => self.to(|machine, me| {
                let empty = if machine.channel.senders == 0 {
                    NONE + 1
                } else {
                    NONE
                };
                let received = machine.channel.pop().unwrap_or(empty);
                machine.log(me, received);
            }),
            Kind::PoolReceive => {
                let thread = self.thread;
                self.from.first(thread, Instr::UnlockPool);
                self.from.first(thread, Instr::BeginReceive(Receive::Once));
                self.from.first(thread, Instr::LockPool);
                self.drop_sender();
            }
            Kind::DropSender => self.drop_sender(),
            Kind::DropReceiver if self.me().receives => self.take(Instr::DropReceiver),
            Kind::DropReceiver => self.to(|_, _| ()),
            Kind::Park | Kind::ParkTimeout => self.park(kind == Kind::ParkTimeout),
            Kind::Unpark => {
                let friends = &self.me().friends;
                let friend = friends[object % friends.len()];
                self.to(|machine, _| machine.threads[friend].token = true);
            }
            Kind::Join | Kind::IsFinished => self.ask_child(kind, object),
            Kind::Grandchild => self.to(|machine, me| {
                machine.first(me, Instr::JoinLast { logs: true });
                machine.first(me, Instr::Load(object));
                machine.first(me, Instr::Spawn(vec![Instr::Return { object, value }]));
            }),
            Kind::Scope => self.to(|machine, me| {
                machine.first(me, Instr::JoinLast { logs: false });
                machine.first(me, Instr::Load(object));
                machine.first(me, Instr::Spawn(vec![Instr::Swap { object, value }]));
            }),
            Kind::ScopePanics => self.to(|machine, me| {
                let add = Instr::Add {
                    object,
                    value,
                    logs: false,
                };
                machine.first(me, Instr::Panic);
                machine.first(me, Instr::JoinLast { logs: false });
                machine.first(me, Instr::Spawn(vec![add, Instr::Panic]));
            }),
            _ => return false,
        }
        true
    }

    /// What a thread that only root has: a child to wait for.
    fn ask_child(&mut self, kind: Kind, object: usize) {
        let children = &self.me().children;
        let place = object % children.len().max(1);
        let Some(Some(child)) = children.get(place).copied() else {
            return self.to(|_, _| ());
        };
        let Thread {
            returned,
            ended,
            panicked,
            ..
        } = self.from.threads[child];
        if kind == Kind::IsFinished {
            return self.to(|machine, me| machine.log(me, u64::from(returned)));
        }
        self.when(ended, |machine, me| {
            machine.threads[me].children[place] = None;
            machine.log(me, u64::from(panicked));
        });
    }

    fn drop_sender(&mut self) {
        self.to(|machine, me| {
            if machine.threads[me].sends {
                machine.threads[me].sends = false;
                machine.channel.senders -= 1;
            }
        });
    }

    fn send(&mut self, message: u64) {
        let channel = &self.from.channel;
        if !channel.receiver {
            return self.to(|machine, me| machine.log(me, 0));
        }
        if channel.bound == Some(0) && !channel.waiting {
            return self.to(|machine, me| {
                machine.channel.queue.push_back((message, Some(me)));
                machine.first(me, Instr::AwaitTaken);
            });
        }
        if !channel.full() {
            self.put(message);
        }
    }

    fn try_send(&mut self, message: u64) {
        let channel = &self.from.channel;
        let unmet = channel.bound == Some(0) && !channel.waiting;
        if !channel.receiver || channel.full() || unmet {
            self.to(|machine, me| machine.log(me, 0));
        } else {
            self.put(message);
        }
    }

    /// Hands the message to the receiver that waits for it, or puts it into the buffer.
    fn put(&mut self, message: u64) {
        self.to(|machine, me| {
            let channel = &mut machine.channel;
            if channel.bound == Some(0) {
                channel.waiting = false;
                channel.handed = Some(message);
            } else {
                channel.queue.push_back((message, None));
            }
            machine.log(me, 1);
        });
    }

    fn park(&mut self, timed: bool) {
        if self.me().token {
            return self.to(|machine, me| machine.threads[me].token = false);
        }
        self.when(timed, |_, _| ());
        self.spuriously(|_, _| ());
    }

    pub(super) fn on_threads(&mut self, instr: Instr) {
        match instr {
            Instr::AwaitTaken => self.await_taken(),
            Instr::BeginReceive(receive) => {
                let channel = &self.from.channel;
                if channel.bound == Some(0) && channel.queue.is_empty() {
                    self.to(|machine, me| {
                        machine.channel.waiting = true;
                        machine.first(me, Instr::EndReceive(receive));
                    });
                } else {
                    self.end_receive(receive);
                }
            }
            Instr::EndReceive(receive) => self.end_receive(receive),
            Instr::LockPool => self.when(!self.from.pool, |machine, _| machine.pool = true),
            Instr::UnlockPool => self.to(|machine, _| machine.pool = false),
            Instr::DropSender => self.to(|machine, _| machine.channel.senders -= 1),
            Instr::DropReceiver => self.to(|machine, me| {
                machine.threads[me].receives = false;
                machine.channel.drop_receiver();
            }),
            Instr::Spawn(code) => self.to(|machine, me| {
                let child = machine.threads.len();
                machine.threads[me].children.push(Some(child));
                machine.threads.push(Thread {
                    code: code.into(),
                    ..Thread::default()
                });
            }),
            Instr::JoinLast { logs } => {
                let Some(Some(child)) = self.me().children.last().copied() else {
                    unreachable!("a thread was spawned before")
                };
                let (ended, result) = (self.from.threads[child].ended, self.from.threads[child].result);
                self.when(ended, |machine, me| {
                    machine.threads[me].children.pop();
                    if logs {
                        machine.log(me, result);
                    }
                });
            }
            Instr::AwaitLast => {
                let Some(Some(child)) = self.me().children.last().copied() else {
                    unreachable!("a thread was spawned before")
                };
                let returned = self.from.threads[child].returned;
                self.when(returned, |machine, me| {
                    machine.threads[me].children.pop();
                });
            }
            Instr::SetLocal(value) => self.to(|machine, me| machine.threads[me].local = Some(value)),
            Instr::LoadCount => self.to(|machine, me| machine.log(me, machine.count)),
            Instr::Return { object, value } => self.to(|machine, me| {
                machine.threads[me].result = machine.atomics[object];
                machine.atomics[object] += value;
            }),
            _ => unreachable!("no instruction of a channel or a thread"),
        }
    }

    /// A sender that came first goes on when its message was taken, or when nobody will take it.
    fn await_taken(&mut self) {
        let me = Some(self.thread);
        let channel = &self.from.channel;
        let taken = channel.queue.iter().all(|(_, sender)| *sender != me);
        let over = taken || !channel.receiver;
        self.when(over, |machine, thread| {
            machine.channel.queue.retain(|(_, sender)| *sender != me);
            machine.log(thread, u64::from(taken));
        });
    }

    fn end_receive(&mut self, receive: Receive) {
        let channel = &self.from.channel;
        if channel.handed.is_some() || !channel.queue.is_empty() {
            return self.to(|machine, me| {
                machine.channel.waiting = false;
                let message = machine.channel.pop();
                machine.log(me, message.unwrap_or(NONE));
                if receive == Receive::Drain {
                    machine.first(me, Instr::BeginReceive(receive));
                }
            });
        }
        let end = |message: Option<u64>| {
            move |machine: &mut Machine, me: usize| {
                machine.channel.waiting = false;
                if let Some(message) = message {
                    machine.log(me, message);
                }
            }
        };
        match (channel.senders, receive) {
            (0, Receive::Once) => self.to(end(Some(NONE))),
            (0, Receive::Timed) => self.to(end(Some(NONE + 1))),
            (0, Receive::Drain) => self.to(end(None)),
            (_, Receive::Timed) => self.to(end(Some(NONE))),
            _ => (),
        }
    }
}
