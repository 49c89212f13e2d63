//! [`real_std::process`], whose waits are seen on the event loop.

use real_std::{
    ffi::OsStr,
    io,
    io::{IoSlice, IoSliceMut},
    path::Path,
    process as real,
};

pub use real_std::process::*;

use crate::{blocks, debug_as_real, passing};

/// std's `Command`.
pub struct Command {
    real: real::Command,
}

debug_as_real!(Command, Child, ChildStdin, ChildStdout, ChildStderr);

impl Command {
    /// std's `Command::new`.
    pub fn new<S: AsRef<OsStr>>(program: S) -> Command {
        Command {
            real: real::Command::new(program),
        }
    }

    /// std's `Command::arg`.
    pub fn arg<S: AsRef<OsStr>>(&mut self, argument: S) -> &mut Command {
        self.real.arg(argument);
        self
    }

    /// std's `Command::args`.
    pub fn args<I, S>(&mut self, arguments: I) -> &mut Command
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        self.real.args(arguments);
        self
    }

    /// std's `Command::env`.
    pub fn env<K: AsRef<OsStr>, V: AsRef<OsStr>>(&mut self, key: K, value: V) -> &mut Command {
        self.real.env(key, value);
        self
    }

    /// std's `Command::envs`.
    pub fn envs<I, K, V>(&mut self, variables: I) -> &mut Command
    where
        I: IntoIterator<Item = (K, V)>,
        K: AsRef<OsStr>,
        V: AsRef<OsStr>,
    {
        self.real.envs(variables);
        self
    }

    /// std's `Command::env_remove`.
    pub fn env_remove<K: AsRef<OsStr>>(&mut self, key: K) -> &mut Command {
        self.real.env_remove(key);
        self
    }

    /// std's `Command::env_clear`.
    pub fn env_clear(&mut self) -> &mut Command {
        self.real.env_clear();
        self
    }

    /// std's `Command::current_dir`.
    pub fn current_dir<P: AsRef<Path>>(&mut self, folder: P) -> &mut Command {
        self.real.current_dir(folder);
        self
    }

    /// std's `Command::stdin`.
    pub fn stdin<T: Into<Stdio>>(&mut self, stream: T) -> &mut Command {
        self.real.stdin(stream);
        self
    }

    /// std's `Command::stdout`.
    pub fn stdout<T: Into<Stdio>>(&mut self, stream: T) -> &mut Command {
        self.real.stdout(stream);
        self
    }

    /// std's `Command::stderr`.
    pub fn stderr<T: Into<Stdio>>(&mut self, stream: T) -> &mut Command {
        self.real.stderr(stream);
        self
    }

    /// std's `Command::spawn`: it waits for nobody.
    pub fn spawn(&mut self) -> io::Result<Child> {
        self.real.spawn().map(Child::new)
    }

    /// std's `Command::output`.
    #[track_caller]
    pub fn output(&mut self) -> io::Result<Output> {
        blocks("Command::output");
        self.real.output()
    }

    /// std's `Command::status`.
    #[track_caller]
    pub fn status(&mut self) -> io::Result<ExitStatus> {
        blocks("Command::status");
        self.real.status()
    }

    passing! { "Command";
        fn get_args(self) -> CommandArgs<'_>;
        fn get_current_dir(self) -> Option<&Path>;
        fn get_envs(self) -> CommandEnvs<'_>;
        fn get_program(self) -> &OsStr;
    }
}

/// std's `Child`.
pub struct Child {
    /// std's `stdin`.
    pub stdin: Option<ChildStdin>,
    /// std's `stdout`.
    pub stdout: Option<ChildStdout>,
    /// std's `stderr`.
    pub stderr: Option<ChildStderr>,
    real: real::Child,
}

impl Child {
    fn new(mut real: real::Child) -> Child {
        Child {
            stdin: real.stdin.take().map(|real| ChildStdin { real }),
            stdout: real.stdout.take().map(|real| ChildStdout { real }),
            stderr: real.stderr.take().map(|real| ChildStderr { real }),
            real,
        }
    }

    passing! { "Child";
        fn id(self) -> u32;
        fn kill(mut self) -> io::Result<()>;
        fn try_wait(mut self) -> io::Result<Option<ExitStatus>>;
    }

    /// std's `Child::wait`.
    #[track_caller]
    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        blocks("Child::wait");
        drop(self.stdin.take());
        self.real.wait()
    }

    /// std's `Child::wait_with_output`.
    #[track_caller]
    pub fn wait_with_output(mut self) -> io::Result<Output> {
        blocks("Child::wait_with_output");
        drop(self.stdin.take());
        self.real.stdout = self.stdout.map(|stream| stream.real);
        self.real.stderr = self.stderr.map(|stream| stream.real);
        self.real.wait_with_output()
    }
}

macro_rules! streams {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $(
            $(#[$doc])*
            pub struct $name {
                real: real::$name,
            }

            impl From<$name> for Stdio {
                fn from(stream: $name) -> Stdio {
                    stream.real.into()
                }
            }

            #[cfg(unix)]
            impl real_std::os::fd::AsFd for $name {
                fn as_fd(&self) -> real_std::os::fd::BorrowedFd<'_> {
                    self.real.as_fd()
                }
            }

            #[cfg(unix)]
            impl real_std::os::fd::AsRawFd for $name {
                fn as_raw_fd(&self) -> real_std::os::fd::RawFd {
                    self.real.as_raw_fd()
                }
            }

            #[cfg(unix)]
            impl real_std::os::fd::IntoRawFd for $name {
                fn into_raw_fd(self) -> real_std::os::fd::RawFd {
                    self.real.into_raw_fd()
                }
            }

            #[cfg(unix)]
            impl From<$name> for real_std::os::fd::OwnedFd {
                fn from(stream: $name) -> real_std::os::fd::OwnedFd {
                    stream.real.into()
                }
            }

            #[cfg(unix)]
            impl From<real_std::os::fd::OwnedFd> for $name {
                fn from(descriptor: real_std::os::fd::OwnedFd) -> $name {
                    $name { real: descriptor.into() }
                }
            }
        )*
    };
}

streams! {
    /// std's `ChildStdin`.
    ChildStdin
    /// std's `ChildStdout`.
    ChildStdout
    /// std's `ChildStderr`.
    ChildStderr
}

macro_rules! reads {
    ($($name:ident)*) => {
        $(impl io::Read for $name {
            #[track_caller]
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                blocks(concat!(stringify!($name), "::read"));
                self.real.read(buffer)
            }

            #[track_caller]
            fn read_vectored(&mut self, buffers: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
                blocks(concat!(stringify!($name), "::read_vectored"));
                self.real.read_vectored(buffers)
            }

            #[track_caller]
            fn read_to_end(&mut self, buffer: &mut real_std::vec::Vec<u8>) -> io::Result<usize> {
                blocks(concat!(stringify!($name), "::read_to_end"));
                self.real.read_to_end(buffer)
            }

            #[track_caller]
            fn read_to_string(&mut self, buffer: &mut real_std::string::String) -> io::Result<usize> {
                blocks(concat!(stringify!($name), "::read_to_string"));
                self.real.read_to_string(buffer)
            }
        })*
    };
}

reads! { ChildStdout ChildStderr }

macro_rules! writes {
    ($($type:ty: $stream:ident => $real:expr;)*) => {
        $(impl io::Write for $type {
            #[track_caller]
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                blocks("ChildStdin::write");
                let $stream = self;
                $real.write(bytes)
            }

            #[track_caller]
            fn write_vectored(&mut self, buffers: &[IoSlice<'_>]) -> io::Result<usize> {
                blocks("ChildStdin::write_vectored");
                let $stream = self;
                $real.write_vectored(buffers)
            }

            fn flush(&mut self) -> io::Result<()> {
                let $stream = self;
                $real.flush()
            }
        })*
    };
}

writes! {
    ChildStdin: stream => stream.real;
    &ChildStdin: stream => (&stream.real);
}
