//! The receiving end.

use std::{
    fmt,
    panic::Location,
    sync::Arc,
    sync::mpsc::{RecvError, RecvTimeoutError, TryRecvError},
    time::Duration,
};

use super::channel::Channel;
use crate::engine::{Loc, on_its_side};

/// [`std::sync::mpsc::Receiver`].
pub struct Receiver<T>(Inner<T>);

/// With the place where the channel was made: a drop has none of its own.
enum Inner<T> {
    Real(std::sync::mpsc::Receiver<T>),
    Model(Arc<Channel<T>>, Loc),
}

impl<T> std::panic::UnwindSafe for Receiver<T> {}
impl<T> std::panic::RefUnwindSafe for Receiver<T> {}

impl<T> Receiver<T> {
    pub(super) fn real(real: std::sync::mpsc::Receiver<T>) -> Self {
        Receiver(Inner::Real(real))
    }

    #[track_caller]
    pub(super) fn model(channel: Arc<Channel<T>>) -> Self {
        Receiver(Inner::Model(channel, Location::caller()))
    }

    #[track_caller]
    fn on_its_side(&self) {
        let epoch = match &self.0 {
            Inner::Real(_) => None,
            Inner::Model(channel, _) => channel.epoch,
        };
        on_its_side("channel", epoch);
    }

    /// A message, if there is one.
    ///
    /// # Errors
    ///
    /// When there is none.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.on_its_side();
        match &self.0 {
            Inner::Real(real) => real.try_recv(),
            Inner::Model(channel, _) => channel.try_recv(Location::caller()),
        }
    }

    /// Waits for a message.
    ///
    /// # Errors
    ///
    /// When there is none and all senders are gone.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.on_its_side();
        match &self.0 {
            Inner::Real(real) => real.recv(),
            Inner::Model(channel, _) => channel.recv(None, Location::caller()).map_err(|_| RecvError),
        }
    }

    /// Waits for a message, for a limited time.
    ///
    /// # Errors
    ///
    /// When the time is over, or all senders are gone.
    #[track_caller]
    pub fn recv_timeout(&self, limit: Duration) -> Result<T, RecvTimeoutError> {
        self.on_its_side();
        match &self.0 {
            Inner::Real(real) => real.recv_timeout(limit),
            Inner::Model(channel, _) => channel.recv(Some(limit), Location::caller()),
        }
    }

    /// The messages, as they come, until all senders are gone.
    #[track_caller]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter {
            receiver: self,
            made: Location::caller(),
        }
    }

    /// The messages that are there.
    #[track_caller]
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter {
            receiver: self,
            made: Location::caller(),
        }
    }

    fn recv_at(&self, location: Loc) -> Option<T> {
        self.on_its_side();
        match &self.0 {
            Inner::Real(real) => real.recv().ok(),
            Inner::Model(channel, _) => channel.recv(None, location).ok(),
        }
    }

    fn try_recv_at(&self, location: Loc) -> Option<T> {
        self.on_its_side();
        match &self.0 {
            Inner::Real(real) => real.try_recv().ok(),
            Inner::Model(channel, _) => channel.try_recv(location).ok(),
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        if let Inner::Model(channel, made) = &self.0 {
            channel.drop_receiver(made);
        }
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

/// [`std::sync::mpsc::Iter`].
pub struct Iter<'a, T: 'a> {
    receiver: &'a Receiver<T>,
    made: Loc,
}

/// [`std::sync::mpsc::TryIter`].
pub struct TryIter<'a, T: 'a> {
    receiver: &'a Receiver<T>,
    made: Loc,
}

/// [`std::sync::mpsc::IntoIter`].
pub struct IntoIter<T> {
    receiver: Receiver<T>,
    made: Loc,
}

macro_rules! shown_as_stds_are {
    ($($name:ident [$($generics:tt)*])*) => { $(
        impl<$($generics)* T: fmt::Debug> fmt::Debug for $name<$($generics)* T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("rx", &self.receiver).finish()
            }
        }
    )* };
}

shown_as_stds_are!(Iter ['a,] TryIter ['a,] IntoIter []);

/// Where an iterator waits: where it is asked for the next message, or, where std asks on behalf of an adapter or a
/// collection, where it was made.
#[track_caller]
fn asked(made: Loc) -> Loc {
    let caller = Location::caller();
    // The files of std have the path that they had where it was built.
    if caller.file().starts_with("/rustc/") {
        made
    } else {
        caller
    }
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.recv_at(asked(self.made))
    }
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.try_recv_at(asked(self.made))
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.recv_at(asked(self.made))
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    #[track_caller]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[track_caller]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter {
            receiver: self,
            made: Location::caller(),
        }
    }
}
