//! What holds a program in: the layers, and the tier that they add up to.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

/// One thing that holds a program in. Each can be put up without the others; from the outside in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Layer {
    /// Control groups (cgroups(7)), version 1 or 2: memory and processes of the whole tree are counted by the kernel.
    ControlGroups,
    /// Mount, process, network, IPC and UTS namespaces (namespaces(7)), for an ordinary user inside a user namespace: the
    /// program has a file system of its own, in which is what [`View`](crate::View) names; it has no network, and sees no
    /// process but its own.
    Namespaces,
    /// A user that nobody else is: one for each run, out of a range that no account uses.
    OtherUser,
    /// Landlock (landlock(7)): no file but those of the view, and no signal to processes outside.
    Landlock,
    /// A filter of system calls (seccomp(2)): none of those that look into other processes, share memory past the file
    /// system, open sockets, or have often been a way into the kernel.
    Seccomp,
    /// The program has a session of its own, without a terminal, and gains no rights by what it executes
    /// (`no_new_privs`); every process and every thread of it is ended with it.
    Session,
    /// Limits that the kernel enforces on each process (setrlimit(2)), and the warden's own on the tree.
    Limits,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Layer; 7] = [
        Layer::ControlGroups,
        Layer::Namespaces,
        Layer::OtherUser,
        Layer::Landlock,
        Layer::Seccomp,
        Layer::Session,
        Layer::Limits,
    ];

    /// Whether it holds wherever this crate runs at all.
    pub fn is_everywhere(self) -> bool {
        matches!(self, Layer::Session | Layer::Limits)
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Layer::ControlGroups => "control groups",
            Layer::Namespaces => "namespaces",
            Layer::OtherUser => "another user",
            Layer::Landlock => "Landlock",
            Layer::Seccomp => "seccomp",
            Layer::Session => "own session",
            Layer::Limits => "limits",
        }
    }

    /// What a submission could do if it were missing, and nothing else stood in the way.
    pub const fn without(self) -> &'static str {
        match self {
            Layer::ControlGroups => "many processes together could take all memory",
            Layer::Namespaces => "it could see other processes, and be seen by them",
            Layer::OtherUser => "a way out of the other layers would lead to your own files",
            Layer::Landlock => "a way out of the namespaces would lead to your files and processes",
            Layer::Seccomp => "it could look into processes of the same user, and reach more of the kernel",
            Layer::Session => "it could go on after its test, and write to your terminal",
            Layer::Limits => "it could run, print and allocate without end",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A set of layers.
pub type Layers = BTreeSet<Layer>;

/// The layers that hold everywhere.
pub(crate) fn everywhere() -> Layers {
    Layer::ALL
        .into_iter()
        .filter(|layer| layer.is_everywhere())
        .collect()
}

/// How well programs are confined, in one letter. `A` is the best; they are ordered so that the better is the less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    /// Namespaces, another user, control groups, and the filters.
    A,
    /// Namespaces and the filters.
    B,
    /// The filters: Landlock and seccomp.
    C,
    /// Limits only: enough for code that one has written oneself, and for nobody else's.
    D,
}

impl Tier {
    /// The best tier all of whose layers are among these.
    pub fn of(layers: &Layers) -> Tier {
        let has = |needed: &[Layer]| needed.iter().all(|layer| layers.contains(layer));
        if has(&[
            Layer::ControlGroups,
            Layer::Namespaces,
            Layer::OtherUser,
            Layer::Seccomp,
        ]) {
            Tier::A
        } else if has(&[Layer::Namespaces, Layer::Seccomp]) {
            Tier::B
        } else if has(&[Layer::Landlock, Layer::Seccomp]) {
            Tier::C
        } else {
            Tier::D
        }
    }

    /// Whether code of strangers can be run in it.
    pub fn holds_strangers(self) -> bool {
        self <= Tier::C
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Tier::A => "A",
            Tier::B => "B",
            Tier::C => "C",
            Tier::D => "D",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(layers: &[Layer]) -> Tier {
        Tier::of(&layers.iter().copied().chain(everywhere()).collect())
    }

    #[test]
    fn a_tier_is_as_good_as_its_layers() {
        assert_eq!(Tier::of(&Layer::ALL.into()), Tier::A);
        assert_eq!(tier(&[Layer::Namespaces, Layer::Seccomp]), Tier::B);
        assert_eq!(
            tier(&[Layer::Landlock, Layer::Seccomp, Layer::OtherUser]),
            Tier::C
        );
        assert_eq!(tier(&[Layer::Namespaces, Layer::Landlock]), Tier::D);
        assert_eq!(tier(&[]), Tier::D);
    }

    #[test]
    fn strangers_are_let_in_from_tier_c_on() {
        let fit = [Tier::A, Tier::B, Tier::C, Tier::D].map(Tier::holds_strangers);
        assert_eq!(fit, [true, true, true, false]);
    }
}
