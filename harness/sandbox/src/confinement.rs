//! What holds a program in, on this machine.

use std::fmt;

/// How well programs are confined: a tier, which is the short answer, and the layers that hold, which are the
/// long one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Confinement {
    /// The short answer.
    pub tier: Tier,
    /// Every layer that holds, from the outside in.
    pub layers: Vec<Layer>,
}

/// How well programs are confined, in one letter. Tiers A to C are those of a machine's namespaces, control
/// groups and filters, none of which is used yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tier {
    /// Limits only: enough for code that one has written oneself, and for nobody else's.
    D,
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Tier::D => "D",
        })
    }
}

/// One thing that holds a program in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Layer {
    /// The program has a session of its own, without a terminal.
    Session,
    /// `no_new_privs`: nothing that it executes gains rights, so that nothing outgrows the warden's reach.
    NoNewPrivileges,
    /// Limits that the kernel enforces on each process (setrlimit(2)), and the warden's own on the tree.
    Limits,
    /// A subreaper kills and reaps whatever the program started.
    Subreaper,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Layer::Session => "own session",
            Layer::NoNewPrivileges => "no new privileges",
            Layer::Limits => "limits of CPU time, memory, processes, output and files",
            Layer::Subreaper => "subreaper",
        })
    }
}

/// What confinement there is for the programs that are run here. Every run gets all of it: where a layer
/// cannot be put up, the run fails with an [`Error`](crate::Error).
pub fn confinement() -> Confinement {
    Confinement {
        tier: Tier::D,
        layers: vec![
            Layer::Session,
            Layer::NoNewPrivileges,
            Layer::Limits,
            Layer::Subreaper,
        ],
    }
}
