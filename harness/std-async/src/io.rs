//! [`real_std::io`], whose standard input is seen on the event loop.

use real_std::{io as real, string::String, vec::Vec};

pub use real_std::io::*;

use crate::{blocks, debug_as_real};

/// std's `stdin`.
pub fn stdin() -> Stdin {
    Stdin { real: real::stdin() }
}

/// std's `Stdin`.
pub struct Stdin {
    real: real::Stdin,
}

/// std's `StdinLock`.
pub struct StdinLock<'a> {
    real: real::StdinLock<'a>,
}

debug_as_real!(Stdin, StdinLock<'_>);

impl Stdin {
    /// std's `Stdin::lock`.
    pub fn lock(&self) -> StdinLock<'static> {
        StdinLock {
            real: self.real.lock(),
        }
    }

    /// std's `Stdin::read_line`.
    #[track_caller]
    pub fn read_line(&self, line: &mut String) -> Result<usize> {
        blocks("Stdin::read_line");
        self.real.read_line(line)
    }

    /// std's `Stdin::lines`.
    pub fn lines(self) -> Lines<StdinLock<'static>> {
        self.lock().lines()
    }
}

macro_rules! reads {
    ($($name:literal $type:ty: $self:ident => $real:expr;)*) => {
        $(impl Read for $type {
            #[track_caller]
            fn read(&mut $self, buffer: &mut [u8]) -> Result<usize> {
                blocks(concat!($name, "::read"));
                $real.read(buffer)
            }

            #[track_caller]
            fn read_vectored(&mut $self, buffers: &mut [IoSliceMut<'_>]) -> Result<usize> {
                blocks(concat!($name, "::read_vectored"));
                $real.read_vectored(buffers)
            }

            #[track_caller]
            fn read_to_end(&mut $self, buffer: &mut Vec<u8>) -> Result<usize> {
                blocks(concat!($name, "::read_to_end"));
                $real.read_to_end(buffer)
            }

            #[track_caller]
            fn read_to_string(&mut $self, buffer: &mut String) -> Result<usize> {
                blocks(concat!($name, "::read_to_string"));
                $real.read_to_string(buffer)
            }

            #[track_caller]
            fn read_exact(&mut $self, buffer: &mut [u8]) -> Result<()> {
                blocks(concat!($name, "::read_exact"));
                $real.read_exact(buffer)
            }
        })*
    };
}

reads! {
    "Stdin" Stdin: self => self.real;
    "Stdin" &Stdin: self => (&self.real);
    "StdinLock" StdinLock<'_>: self => self.real;
}

impl BufRead for StdinLock<'_> {
    #[track_caller]
    fn fill_buf(&mut self) -> Result<&[u8]> {
        blocks("StdinLock::fill_buf");
        self.real.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.real.consume(amount);
    }

    #[track_caller]
    fn read_until(&mut self, byte: u8, buffer: &mut Vec<u8>) -> Result<usize> {
        blocks("StdinLock::read_until");
        self.real.read_until(byte, buffer)
    }

    #[track_caller]
    fn read_line(&mut self, line: &mut String) -> Result<usize> {
        blocks("StdinLock::read_line");
        self.real.read_line(line)
    }
}

#[cfg(unix)]
mod unix {
    use real_std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};

    use super::{Stdin, StdinLock};

    macro_rules! descriptors {
        ($($type:ty)*) => {
            $(impl AsFd for $type {
                fn as_fd(&self) -> BorrowedFd<'_> {
                    self.real.as_fd()
                }
            }

            impl AsRawFd for $type {
                fn as_raw_fd(&self) -> RawFd {
                    self.real.as_raw_fd()
                }
            })*
        };
    }

    descriptors! { Stdin StdinLock<'_> }
}
