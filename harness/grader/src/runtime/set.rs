//! What is built together: crates have one set of features and one set of dependencies, so not every runtime has all of them.

use kata_course::Exercise;

/// Crates that an exercise may name in `crates`, besides std.
pub const PINNED_CRATES: &[&str] = &["reqwest", "serde", "serde_json", "tokio"];

/// A set of crates that an exercise is linked with. The first one is all that most learners ever need; a larger one is built when the
/// first exercise asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// tokio, without a network.
    Base,
    /// Clients of HTTP on a network in memory, and the server that tests them.
    Network,
}

impl Set {
    /// Every one.
    pub const ALL: [Set; 2] = [Set::Base, Set::Network];

    /// The one that `exercise` needs.
    pub fn of(exercise: &Exercise) -> Set {
        let small = |name: &String| Set::Base.pinned().contains(&name.as_str());
        match exercise.crates.iter().all(small) {
            true => Set::Base,
            false => Set::Network,
        }
    }

    /// The crates that submissions may name, of this set.
    pub const fn pinned(self) -> &'static [&'static str] {
        match self {
            Set::Base => &["tokio"],
            Set::Network => PINNED_CRATES,
        }
    }

    /// The crates that hidden tests are written with, and the facades: their names and folders in the workspace.
    pub(super) const fn own(self) -> &'static [(&'static str, &'static str)] {
        const ALL: [(&str, &str); 7] = [
            ("kata_test", "test"),
            ("kata_std", "std"),
            ("kata_std_async", "std-async"),
            ("kata_std_counted", "std-counted"),
            ("kata_tokio", "tokio"),
            ("kata_net", "net"),
            ("kata_http", "http"),
        ];
        match self {
            Set::Base => ALL.split_at(5).0,
            Set::Network => &ALL,
        }
    }

    /// Crates of the house that those are made of, by their folders.
    pub(super) const fn parts(self) -> &'static [&'static str] {
        &["alloc", "calls", "model", "protocol", "test-macros"]
    }

    /// The manifest of the package that brings the set together, with the features that submissions find.
    pub(super) const fn manifest(self) -> &'static str {
        match self {
            Set::Base => {
                r#"[package]
name = "kata-runtime"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
kata-std.workspace = true
kata-std-async.workspace = true
kata-std-counted.workspace = true
kata-test.workspace = true
kata-tokio.workspace = true
tokio = { workspace = true, features = ["io-util", "macros", "rt", "rt-multi-thread", "sync", "time"] }
"#
            }
            Set::Network => {
                r#"[package]
name = "kata-runtime"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
kata-http.workspace = true
kata-net.workspace = true
kata-std.workspace = true
kata-std-async.workspace = true
kata-std-counted.workspace = true
kata-test.workspace = true
kata-tokio.workspace = true
reqwest.workspace = true
serde.workspace = true
serde_json.workspace = true
tokio = { workspace = true, features = ["io-util", "macros", "rt", "rt-multi-thread", "sync", "time"] }
"#
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_set_has_what_a_smaller_one_has() {
        assert_eq!(Set::Network.pinned(), PINNED_CRATES);
        for name in Set::Base.pinned() {
            assert!(PINNED_CRATES.contains(name), "{name}");
        }
        assert!(Set::Network.own().starts_with(Set::Base.own()));
        assert!(
            Set::Base
                .own()
                .iter()
                .all(|(name, _)| !["kata_net", "kata_http"].contains(name))
        );
    }
}
