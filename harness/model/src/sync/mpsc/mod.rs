//! `std::sync::mpsc`.

mod channel;
mod receiver;
mod sender;

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};
use std::{panic::Location, sync::Arc};

pub use receiver::{IntoIter, Iter, Receiver, TryIter};
pub use sender::{Sender, SyncSender};

use crate::engine::active;
use channel::Channel;

/// [`std::sync::mpsc::channel`].
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    if active() {
        let channel = Arc::new(Channel::new(None, Location::caller()));
        (Sender::model(Arc::clone(&channel)), Receiver::model(channel))
    } else {
        let (sender, receiver) = std::sync::mpsc::channel();
        (Sender::real(sender), Receiver::real(receiver))
    }
}

/// [`std::sync::mpsc::sync_channel`].
#[track_caller]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    if active() {
        let channel = Arc::new(Channel::new(Some(bound), Location::caller()));
        (SyncSender::model(Arc::clone(&channel)), Receiver::model(channel))
    } else {
        let (sender, receiver) = std::sync::mpsc::sync_channel(bound);
        (SyncSender::real(sender), Receiver::real(receiver))
    }
}
