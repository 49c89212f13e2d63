use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How a hidden test is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An ordinary test on the real std.
    Plain,
    /// An async body on tokio's paused clock.
    VirtualTime,
    /// The body runs under every interleaving of its threads.
    Explore,
    /// An async body on tokio's paused clock, in every order in which its tasks can go on.
    ExploreTasks,
    /// The body runs once on the ideal machine, which gives its work and its span.
    Ideal,
    /// The learner's program is run, and what it did is looked at.
    Program,
}

impl Kind {
    /// Every kind that `course.toml` knows, in the order of its reference.
    pub const ALL: [Kind; 6] = [
        Kind::Plain,
        Kind::VirtualTime,
        Kind::Explore,
        Kind::ExploreTasks,
        Kind::Ideal,
        Kind::Program,
    ];

    /// The name in `course.toml` and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Plain => "plain",
            Kind::VirtualTime => "virtual-time",
            Kind::Explore => "explore",
            Kind::ExploreTasks => "explore-tasks",
            Kind::Ideal => "ideal",
            Kind::Program => "program",
        }
    }

    /// Whether the body's threads are the model's: submission and hidden tests are compiled on the facade of std.
    pub const fn is_modelled(self) -> bool {
        matches!(self, Kind::Explore | Kind::Ideal)
    }

    /// Whether the body is an `async fn`, which runs on tokio's paused clock. Where it came to a place is told by stacks, which need
    /// the program's line tables.
    pub const fn is_async(self) -> bool {
        matches!(self, Kind::VirtualTime | Kind::ExploreTasks)
    }

    /// Whether submission and hidden tests are compiled on one of kata's facades of std: for the model's threads, or so that what blocks
    /// the event loop is seen.
    pub const fn has_facade(self) -> bool {
        self.is_modelled() || self.is_async()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text is no kind of test.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownKind(pub String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no kind of test", self.0)
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| UnknownKind(text.to_owned()))
    }
}
