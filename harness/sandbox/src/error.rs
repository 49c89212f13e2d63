use std::{ffi::OsString, io, path::PathBuf, process::ExitStatus};

/// Why there is no [`Ended`](crate::Ended): the program was never started, or the watch over it failed.
/// None of these is a fault of the code under test.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A path that would be looked up somewhere else than was meant.
    #[error("`{}` is a relative path: give an absolute one", .0.display())]
    RelativePath(PathBuf),
    /// A name that no environment variable can have.
    #[error("`{}` cannot be the name of an environment variable: it is empty or contains `=`", .0.display())]
    VariableName(OsString),
    /// A text that no program can be given.
    #[error("{0:?} contains a NUL byte, which no argument, variable or path can hold")]
    NulByte(OsString),
    /// A limit of 0.
    #[error("the limit `{0}` is 0: no program can run with that, and it does not mean \"no limit\"")]
    ZeroLimit(&'static str),
    /// There is no such program.
    #[error(
        "there is no program `{}`, or the interpreter or loader that it names is missing",
        .0.display()
    )]
    NoProgram(PathBuf),
    /// The file is there and cannot be executed.
    #[error("`{}` cannot be executed: check its permissions and its format", .path.display())]
    NotExecutable {
        /// The file.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// There is no such folder to start the program in.
    #[error("there is no folder `{}` to run the program in", .0.display())]
    NoFolder(PathBuf),
    /// The program could not be started for another reason.
    #[error("`{}` could not be started", .path.display())]
    NotStarted {
        /// The program.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// The warden could not be started or spoken to.
    #[error("the warden (`{}`) could not be started", .executable.display())]
    NoWarden {
        /// The executable that was to serve as warden.
        executable: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// The warden ended without a report: it was killed from outside or by the program, or its executable
    /// is no warden.
    #[error(
        "the warden ended without a report ({0}): either it was killed, perhaps by the program that it watched, \
         or its `main` does not begin with `kata_sandbox::serve_if_warden`"
    )]
    WardenLost(ExitStatus),
    /// The warden did not report long after the backstop: it was stopped from outside, or by the program.
    #[error("the warden fell silent and was killed: it was stopped, perhaps by the program that it watched")]
    WardenSilent,
    /// The machine refused the warden something that it needs.
    #[error(
        "the warden could not {doing}: Linux 5.11 or newer with /proc mounted is needed, and whatever `kata doctor` found to hold \
         programs here; if that has changed since, `kata doctor` finds out anew"
    )]
    Refused {
        /// What it tried.
        doing: String,
        /// What the kernel said.
        source: io::Error,
    },
    /// Nothing could be planted for the attacks that show which layers hold.
    #[error("nothing could be made to be attacked, to see how programs are confined here")]
    NothingToAttack(#[source] io::Error),
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
}
