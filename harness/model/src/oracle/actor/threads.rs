//! Operations on channels, threads and time.

use super::{Actor, AnySender, COUNT, LIMIT, LOCAL, NONE};
use crate::{
    oracle::program::{Kind, Op},
    sync::{Arc, atomic::Ordering::SeqCst},
    thread,
    time::Instant,
};

impl Actor<'_> {
    pub(super) fn on_threads(&mut self, op: Op) -> bool {
        self.on_channel(op) || self.on_parking(op) || self.on_children(op)
    }

    fn on_channel(&mut self, op: Op) -> bool {
        match op.kind {
            Kind::Send | Kind::TrySend => {
                let sent = match (&self.sender, op.kind) {
                    (None, _) => return false,
                    (Some(AnySender::Unbounded(sender)), _) => sender.send(op.value).is_ok(),
                    (Some(AnySender::Bounded(sender)), Kind::Send) => sender.send(op.value).is_ok(),
                    (Some(AnySender::Bounded(sender)), _) => sender.try_send(op.value).is_ok(),
                };
                self.log(u64::from(sent));
            }
            Kind::Receive | Kind::TryReceive | Kind::ReceiveTimeout => {
                let Some(receiver) = &self.receiver else {
                    return false;
                };
                let received = match op.kind {
                    Kind::Receive => receiver.recv().map_err(|_| NONE),
                    Kind::TryReceive => receiver.try_recv().map_err(|error| match error {
                        std::sync::mpsc::TryRecvError::Empty => NONE,
                        std::sync::mpsc::TryRecvError::Disconnected => NONE + 1,
                    }),
                    _ => receiver.recv_timeout(LIMIT).map_err(|error| match error {
                        std::sync::mpsc::RecvTimeoutError::Timeout => NONE,
                        std::sync::mpsc::RecvTimeoutError::Disconnected => NONE + 1,
                    }),
                };
                self.log(received.unwrap_or_else(|error| error));
            }
            Kind::Drain => {
                let Some(receiver) = &self.receiver else {
                    return false;
                };
                receiver.iter().for_each(|message| self.log(message));
            }
            Kind::PoolReceive => {
                self.sender = None;
                let pool = self.shared.pool.lock().unwrap();
                let received = pool.as_ref().and_then(|receiver| receiver.recv().ok());
                self.log(received.unwrap_or(NONE));
            }
            Kind::DropSender => return self.sender.take().is_some(),
            Kind::DropReceiver => return self.receiver.take().is_some(),
            _ => return false,
        }
        true
    }

    fn on_parking(&mut self, op: Op) -> bool {
        match op.kind {
            Kind::Park => thread::park(),
            Kind::ParkTimeout => thread::park_timeout(LIMIT),
            Kind::Unpark => {
                let child = self.friends.get(op.object % self.friends.len().max(1));
                child.unwrap_or(&self.shared.root).unpark();
            }
            Kind::Sleep => thread::sleep(LIMIT * op.object as u32),
            Kind::Yield => thread::yield_now(),
            Kind::Now => {
                let Some(start) = self.shared.start else {
                    return false;
                };
                let passed = Instant::now().duration_since(start);
                self.log(passed.as_millis() as u64);
            }
            _ => return false,
        }
        true
    }

    fn on_children(&mut self, op: Op) -> bool {
        let (object, value) = (op.object, op.value);
        let place = object % self.children.len().max(1);
        match op.kind {
            Kind::IsFinished => match self.children.get(place) {
                Some(Some(child)) => self.log(u64::from(child.is_finished())),
                _ => return false,
            },
            Kind::Join => match self.children.get_mut(place).and_then(Option::take) {
                Some(child) => self.log(u64::from(child.join().is_err())),
                None => return false,
            },
            Kind::Grandchild => {
                let theirs = Arc::clone(&self.shared.atomics);
                let child = thread::spawn(move || theirs[object].fetch_add(value, SeqCst));
                self.log(self.shared.atomics[object].load(SeqCst));
                self.log(child.join().unwrap());
            }
            Kind::Scope => {
                let atomic = &self.shared.atomics[object];
                let seen = thread::scope(|scope| {
                    let child = scope.spawn(move || atomic.swap(value, SeqCst));
                    drop(child);
                    atomic.load(SeqCst)
                });
                self.log(seen);
            }
            Kind::ScopePanics => {
                self.seen.done.borrow_mut().insert(op.kind);
                let atomic = &self.shared.atomics[object];
                thread::scope(|scope| {
                    scope.spawn(move || {
                        atomic.fetch_add(value, SeqCst);
                        panic!("in a scoped thread");
                    });
                });
            }
            Kind::ScopeLocal => {
                thread::scope(|scope| {
                    scope.spawn(move || LOCAL.with(|local| local.0.set(value)));
                });
                self.log(COUNT.load(SeqCst));
            }
            Kind::Local => self.log(LOCAL.with(|local| local.0.replace(local.0.get() * 3 + value))),
            _ => return false,
        }
        true
    }
}
