//! The sending ends.

use std::{
    fmt,
    panic::Location,
    sync::Arc,
    sync::mpsc::{SendError, TrySendError},
};

use super::channel::Channel;
use crate::engine::{Loc, on_its_side};

macro_rules! sender {
    ($(#[$attr:meta])* $name:ident) => {
        $(#[$attr])*
        pub struct $name<T>(Inner<T, std::sync::mpsc::$name<T>>);

        impl<T> std::panic::UnwindSafe for $name<T> {}
        impl<T> std::panic::RefUnwindSafe for $name<T> {}

        impl<T> $name<T> {
            pub(super) fn real(real: std::sync::mpsc::$name<T>) -> Self {
                $name(Inner::Real(real))
            }

            #[track_caller]
            pub(super) fn model(channel: Arc<Channel<T>>) -> Self {
                $name(Inner::Model(channel, Location::caller()))
            }

            /// Sends a message; waits for room where the channel is bounded.
            ///
            /// # Errors
            ///
            /// The message, when the receiver is gone.
            #[track_caller]
            pub fn send(&self, message: T) -> Result<(), SendError<T>> {
                self.0.on_its_side();
                match &self.0 {
                    Inner::Real(real) => real.send(message),
                    Inner::Model(channel, _) => channel.send(message, Location::caller()).map_err(SendError),
                }
            }
        }

        impl<T> Clone for $name<T> {
            #[track_caller]
            fn clone(&self) -> Self {
                $name(match &self.0 {
                    Inner::Real(real) => Inner::Real(real.clone()),
                    Inner::Model(channel, _) => {
                        channel.add_sender();
                        Inner::Model(Arc::clone(channel), Location::caller())
                    }
                })
            }
        }

        impl<T> Drop for $name<T> {
            fn drop(&mut self) {
                if let Inner::Model(channel, made) = &self.0 {
                    channel.drop_sender(made);
                }
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

/// With the place where this sender was made: a drop has none of its own.
enum Inner<T, R> {
    Real(R),
    Model(Arc<Channel<T>>, Loc),
}

impl<T, R> Inner<T, R> {
    #[track_caller]
    fn on_its_side(&self) {
        let epoch = match self {
            Inner::Real(_) => None,
            Inner::Model(channel, _) => channel.epoch,
        };
        on_its_side("channel", epoch);
    }
}

sender!(
    /// [`std::sync::mpsc::Sender`].
    Sender
);
sender!(
    /// [`std::sync::mpsc::SyncSender`].
    SyncSender
);

impl<T> SyncSender<T> {
    /// Sends a message if there is room.
    ///
    /// # Errors
    ///
    /// The message, when there is none or the receiver is gone.
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        self.0.on_its_side();
        match &self.0 {
            Inner::Real(real) => real.try_send(message),
            Inner::Model(channel, _) => channel.try_send(message, Location::caller()),
        }
    }
}
