//! [`real_std::sync::mpsc`], whose waits are seen on the event loop.

use kata_calls::event_loop;
use real_std::{fmt, sync::mpsc as real, time::Duration};

pub use real_std::sync::mpsc::*;

const RECEIVE: &str = "use a channel of `tokio::sync`, whose `recv().await` lets others go on";
const SEND: &str = "use a `tokio::sync::mpsc::channel`, whose `send(…).await` lets others go on";

/// std's `channel`.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real::channel();
    (sender, Receiver { real: receiver })
}

/// std's `sync_channel`.
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let (sender, receiver) = real::sync_channel(bound);
    let sender = SyncSender {
        has_room: bound > 0,
        real: sender,
    };
    (sender, Receiver { real: receiver })
}

/// std's `SyncSender`.
pub struct SyncSender<T> {
    /// A channel without any hands over to a receiver that waits.
    has_room: bool,
    real: real::SyncSender<T>,
}

impl<T> SyncSender<T> {
    /// std's `SyncSender::send`.
    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        if !self.has_room {
            event_loop::blocks("SyncSender::send", SEND);
        }
        if !event_loop::is_alone() {
            return self.real.send(value);
        }
        // Nobody but the loop could make room.
        match self.real.try_send(value) {
            Ok(()) => Ok(()),
            Err(TrySendError::Disconnected(value)) => Err(SendError(value)),
            Err(TrySendError::Full(value)) => {
                event_loop::blocks("SyncSender::send", SEND);
                self.real.send(value)
            }
        }
    }

    /// std's `SyncSender::try_send`.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        self.real.try_send(value)
    }
}

impl<T> Clone for SyncSender<T> {
    fn clone(&self) -> SyncSender<T> {
        SyncSender {
            has_room: self.has_room,
            real: self.real.clone(),
        }
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

/// std's `Receiver`.
pub struct Receiver<T> {
    real: real::Receiver<T>,
}

impl<T> Receiver<T> {
    /// std's `Receiver::recv`.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        event_loop::blocks("Receiver::recv", RECEIVE);
        self.real.recv()
    }

    /// std's `Receiver::recv_timeout`.
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        event_loop::blocks("Receiver::recv_timeout", RECEIVE);
        self.real.recv_timeout(timeout)
    }

    /// std's `Receiver::try_recv`.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.real.try_recv()
    }

    /// std's `Receiver::iter`.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { rx: self }
    }

    /// std's `Receiver::try_iter`.
    pub fn try_iter(&self) -> TryIter<'_, T> {
        self.real.try_iter()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

/// std's `Iter`.
#[derive(Debug)]
pub struct Iter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        event_loop::blocks("Receiver::iter", RECEIVE);
        self.rx.real.recv().ok()
    }
}

/// std's `IntoIter`.
#[derive(Debug)]
pub struct IntoIter<T> {
    rx: Receiver<T>,
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        event_loop::blocks("Receiver::into_iter", RECEIVE);
        self.rx.real.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { rx: self }
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
