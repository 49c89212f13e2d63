use std::{io, path::PathBuf};

use thiserror::Error;

/// Why a check could not be made. None of these is the submission's fault.
#[derive(Debug, Error)]
pub enum Error {
    /// There is no cache folder to be had.
    #[error("there is no home folder to keep a cache in: set KATA_CACHE to a folder that kata may write to")]
    NoCacheFolder,
    /// The cache cannot be read or written.
    #[error("the cache at {} cannot be used: {source}{}", .folder.display(), advice(source))]
    Cache {
        /// The cache.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no Rust compiler.
    #[error("`{}` cannot be run: {source}: install Rust, or set RUSTC to a compiler", .rustc.display())]
    NoCompiler {
        /// What was tried.
        rustc: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The compiler does not behave like one.
    #[error("`{}` does not say which compiler it is: {said}", .rustc.display())]
    StrangeCompiler {
        /// What was tried.
        rustc: PathBuf,
        /// What it said.
        said: String,
    },
    /// Cargo cannot be run.
    #[error("cargo, which builds the runtime once, cannot be run: {source}")]
    NoCargo {
        /// What the system said.
        source: io::Error,
    },
    /// Cargo does not behave like cargo.
    #[error("cargo's description of the runtime cannot be read: {source}")]
    StrangeCargo {
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The runtime does not build.
    #[error(
        "the runtime does not build; cargo says:\n{said}\nIf crates are missing: the first check wants the network once"
    )]
    RuntimeBuild {
        /// Cargo's words.
        said: String,
    },
    /// The runtime was built, and is not there.
    #[error("the runtime at {} is not whole although it was just built: is something removing files there?", .folder.display())]
    RuntimeIncomplete {
        /// Where it should be.
        folder: PathBuf,
    },
    /// No way leads a submission to the facade.
    #[error(
        "threads cannot be explored with this compiler, nor event loops watched: it lets no crate see kata's threads where it says \
         `std`: use another release of Rust, and report this one"
    )]
    NoFacade,
    /// The course's own files cannot be read.
    #[error("{} cannot be read: {source}", .file.display())]
    Course {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The submission's place is not known.
    #[error(transparent)]
    Locate(#[from] kata_course::LocateError),
    /// A file of the submission cannot be read.
    #[error("{} cannot be read: {source}", .file.display())]
    UnreadableFile {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The hidden tests do not compile against the reference solution either.
    #[error("the hidden tests of `{slug}` do not compile against its own solution:\n{said}")]
    BrokenTests {
        /// The exercise.
        slug: String,
        /// The compiler's words.
        said: String,
    },
    /// The compiler failed without a word about the source.
    #[error("the compiler failed for a reason of its own:\n{said}")]
    Compiler {
        /// The compiler's words.
        said: String,
    },
    /// A program could not be run and watched.
    #[error(transparent)]
    Sandbox(#[from] kata_sandbox::Error),
    /// The system gives no random bits.
    #[error("no secret for the tests can be made: {source}")]
    NoSecret {
        /// What the system said.
        source: io::Error,
    },
    /// Somebody asked for an end (Ctrl-C).
    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// Whether the course is at fault rather than the machine.
    pub fn is_course(&self) -> bool {
        matches!(self, Error::Course { .. } | Error::BrokenTests { .. })
    }

    /// Whether what was asked for does not exist.
    pub fn is_usage(&self) -> bool {
        matches!(self, Error::Locate(_) | Error::UnreadableFile { .. })
    }
}

/// What to do about a cache that cannot be used.
fn advice(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ": make room there, or set KATA_CACHE to a folder on another disk"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            ": set KATA_CACHE to a folder that you may write to"
        }
        _ => "",
    }
}
