//! The runtime's sources, which this program carries with it.

use std::{fs, io, path::Path};

use include_dir::{Dir, DirEntry, include_dir};

use super::Set;

/// The crates of all runtimes, with the folder that each has in the workspace.
static CRATES: [(&str, Dir); 12] = [
    ("alloc", include_dir!("$CARGO_MANIFEST_DIR/../alloc")),
    ("calls", include_dir!("$CARGO_MANIFEST_DIR/../calls")),
    ("http", include_dir!("$CARGO_MANIFEST_DIR/../http")),
    ("model", include_dir!("$CARGO_MANIFEST_DIR/../model")),
    ("net", include_dir!("$CARGO_MANIFEST_DIR/../net")),
    ("protocol", include_dir!("$CARGO_MANIFEST_DIR/../protocol")),
    ("std", include_dir!("$CARGO_MANIFEST_DIR/../std")),
    ("std-async", include_dir!("$CARGO_MANIFEST_DIR/../std-async")),
    ("std-counted", include_dir!("$CARGO_MANIFEST_DIR/../std-counted")),
    ("test", include_dir!("$CARGO_MANIFEST_DIR/../test")),
    ("test-macros", include_dir!("$CARGO_MANIFEST_DIR/../test-macros")),
    ("tokio", include_dir!("$CARGO_MANIFEST_DIR/../tokio")),
];

/// The workspace's manifest: versions and profiles stand there, once.
const WORKSPACE: &str = include_str!("../../../../Cargo.toml");

/// The exact versions that this program was built and tested with.
const LOCK: &str = include_str!("../../../../Cargo.lock");

const PINNED_LIB: &str =
    "//! Brings the runtime's crates together, so that they are built with one set of features.\n";

/// The crates of `set`.
fn crates(set: Set) -> impl Iterator<Item = &'static (&'static str, Dir<'static>)> {
    let own = set.own().iter().map(|(_, folder)| folder);
    let wanted: Vec<&str> = own.chain(set.parts()).copied().collect();
    CRATES.iter().filter(move |(name, _)| wanted.contains(name))
}

/// Adds all that goes into `set` to `hasher`.
pub(super) fn hash_into(set: Set, hasher: &mut blake3::Hasher) {
    let mut add = |name: &str, bytes: &[u8]| {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add("Cargo.toml", WORKSPACE.as_bytes());
    add("Cargo.lock", LOCK.as_bytes());
    add("pinned", set.manifest().as_bytes());
    for (name, folder) in crates(set) {
        let mut open = vec![folder];
        while let Some(folder) = open.pop() {
            for entry in folder.entries() {
                match entry {
                    DirEntry::Dir(folder) => open.push(folder),
                    DirEntry::File(file) => {
                        add(&format!("{name}/{}", file.path().display()), file.contents());
                    }
                }
            }
        }
    }
}

/// Writes a workspace of the crates of `set` into `folder`.
pub(super) fn write(set: Set, folder: &Path) -> io::Result<()> {
    fs::write(folder.join("Cargo.toml"), workspace()?)?;
    fs::write(folder.join("Cargo.lock"), LOCK)?;
    let pinned = folder.join("harness/pinned");
    fs::create_dir_all(pinned.join("src"))?;
    fs::write(pinned.join("Cargo.toml"), set.manifest())?;
    fs::write(pinned.join("src/lib.rs"), PINNED_LIB)?;
    for (name, sources) in crates(set) {
        let folder = folder.join("harness").join(name);
        fs::create_dir_all(&folder)?;
        sources.extract(&folder)?;
    }
    Ok(())
}

/// The workspace's manifest with the runtime's members only. Profiles are left out: the build sets its own.
fn workspace() -> io::Result<String> {
    let mut manifest: toml::Table = WORKSPACE.parse().map_err(io::Error::other)?;
    manifest.remove("profile");
    if let Some(workspace) = manifest.get_mut("workspace").and_then(toml::Value::as_table_mut) {
        workspace.remove("default-members");
        workspace.insert("members".to_owned(), vec!["harness/*".to_owned()].into());
    }
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_workspace_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        write(Set::Base, folder.path()).unwrap();
        for file in [
            "Cargo.toml",
            "Cargo.lock",
            "harness/pinned/src/lib.rs",
            "harness/test/src/lib.rs",
        ] {
            assert!(folder.path().join(file).is_file(), "{file}");
        }
        assert!(!folder.path().join("harness/net").exists());
        let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
        assert!(!manifest.contains("exercises"), "{manifest}");
    }

    #[test]
    fn every_crate_of_a_set_is_at_hand() {
        for set in Set::ALL {
            assert_eq!(
                crates(set).count(),
                set.own().len() + set.parts().len(),
                "{set:?}"
            );
        }
    }
}
