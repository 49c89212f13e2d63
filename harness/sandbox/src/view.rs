//! What of the file system a program is shown.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Error;

/// What of the file system a program is shown, besides its own executable, the folder it starts in (which looks
/// empty unless it is named here), the system's programs and libraries, and five harmless devices. Everything has the path that it has
/// outside. All paths are absolute and without links, for what is shown is what lies there.
///
/// Where neither [`Namespaces`](crate::Layer::Namespaces) nor [`Landlock`](crate::Layer::Landlock) is put up, the program
/// sees whatever its user sees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Files and folders that it may read and execute.
    pub read: Vec<PathBuf>,
    /// Folders that it may change. The program may leave anything in them: whoever opens what lies there must not follow
    /// links, nor expect regular files.
    pub write: Vec<PathBuf>,
    /// Whether it has a `/proc`, with its own processes in it. Some programs find themselves by it, as the linker that comes
    /// with Rust does; others find their own memory. Without [`Namespaces`](crate::Layer::Namespaces) there is only the machine's, of
    /// which [`Landlock`](crate::Layer::Landlock) leaves nothing but the links.
    pub proc: bool,
}

/// Where the system keeps programs, libraries, and what the loader needs to find them. What a machine does not have is
/// left out.
pub(crate) const SYSTEM: &[&str] = &[
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/usr",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/nix/store",
    "/gnu/store",
];

/// Devices that hold nothing and lead nowhere.
pub(crate) const DEVICES: &[&str] = &[
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
];

impl View {
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.read.iter().chain(&self.write).map(PathBuf::as_path)
    }

    /// Refuses what could only be misunderstood further on.
    pub(crate) fn validate(&self) -> Result<(), Error> {
        match self.paths().find(|path| !path.is_absolute()) {
            Some(path) => Err(Error::RelativePath(path.to_owned())),
            None => Ok(()),
        }
    }
}

/// Whether a program may use the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// It opens no socket but pairs of unix sockets.
    #[default]
    None,
    /// It may use TCP and UDP, and, inside [`Namespaces`](crate::Layer::Namespaces), reaches nobody but itself. Without
    /// these it reaches the whole network.
    Loopback,
}
