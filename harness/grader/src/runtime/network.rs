//! Clients of HTTP, built on a network in memory.
//!
//! hyper-util opens the connections of hyper's clients with `tokio::net` and socket2, and reqwest names a type of `tokio::net`. Cargo can
//! build a crate in the place of one from the registry (`[patch]`; "Overriding Dependencies" in the Cargo book): these two are copied from
//! where cargo has unpacked them, and in the copies' manifests, `tokio` and `socket2` are packages of kata (`harness/net/shims`). Not a line of
//! their code is changed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use toml::{Table, Value};

/// The crates that are built from copies.
pub(super) const REBUILT: [&str; 2] = ["hyper-util", "reqwest"];

/// What they find in the place of a dependency: its key, the package, and its folder in the workspace.
const SHIMS: [(&str, &str, &str); 2] = [
    ("socket2", "kata-net-socket2", "harness/net/shims/socket2"),
    ("tokio", "kata-net-tokio", "harness/net/shims/tokio"),
];

/// Where the copies lie in the workspace.
const COPIES: &str = "rebuilt";

/// Copies the crates at `sources` (each with its folder) into the workspace at `folder`, and has cargo take them.
pub(super) fn rebuild(folder: &Path, sources: &[(&str, PathBuf)]) -> io::Result<()> {
    let mut patch = Table::new();
    for (name, source) in sources {
        let copy = folder.join(COPIES).join(name);
        copy_sources(source, &copy)?;
        let manifest = copy.join("Cargo.toml");
        let text = with_shims(&fs::read_to_string(&manifest)?, folder)?;
        fs::write(&manifest, text)?;
        let path = Value::from(format!("{COPIES}/{name}"));
        patch.insert(
            (*name).to_owned(),
            Table::from_iter([("path".to_owned(), path)]).into(),
        );
    }
    let manifest = folder.join("Cargo.toml");
    let mut workspace: Table = fs::read_to_string(&manifest)?.parse().map_err(io::Error::other)?;
    let patch = Table::from_iter([("crates-io".to_owned(), patch.into())]);
    workspace.insert("patch".to_owned(), patch.into());
    fs::write(&manifest, workspace.to_string())
}

/// A crate's manifest with the shims in the place of its dependencies.
fn with_shims(manifest: &str, folder: &Path) -> io::Result<String> {
    let mut manifest: Table = manifest.parse().map_err(io::Error::other)?;
    // They are not for who depends on it, and would only have to be had.
    let for_its_own = |key: &str| ["dev-dependencies", "example", "test", "bench", "lints"].contains(&key);
    manifest.retain(|key, _| !for_its_own(key));
    if let Some(Value::Table(platforms)) = manifest.get_mut("target") {
        for (_, platform) in platforms.iter_mut() {
            if let Value::Table(platform) = platform {
                platform.retain(|key, _| !for_its_own(key));
            }
        }
    }
    for (key, package, path) in SHIMS {
        let mut replaced = false;
        for dependencies in dependencies(&mut manifest) {
            let Some(Value::Table(dependency)) = dependencies.get_mut(key) else {
                continue;
            };
            dependency.remove("version");
            dependency.insert("package".to_owned(), package.into());
            dependency.insert("path".to_owned(), folder.join(path).display().to_string().into());
            replaced = true;
        }
        // Without a network, there is nothing that it would not need.
        if !replaced && key == "tokio" {
            return Err(io::Error::other(
                "a client of HTTP does not depend on tokio any more",
            ));
        }
    }
    Ok(manifest.to_string())
}

/// The tables of dependencies: that for every platform, and those for some.
fn dependencies(manifest: &mut Table) -> impl Iterator<Item = &mut Table> {
    let (mut all, mut some) = (None, None);
    for (key, value) in manifest.iter_mut() {
        match key.as_str() {
            "dependencies" => all = value.as_table_mut(),
            "target" => some = value.as_table_mut(),
            _ => {}
        }
    }
    let some = some.into_iter().flat_map(|platforms| platforms.iter_mut());
    let some = some.map(|(_, platform)| platform);
    let some = some.filter_map(|platform| platform.get_mut("dependencies")?.as_table_mut());
    all.into_iter().chain(some)
}

/// Copies what a crate is compiled from: its manifest and the folder `src`.
fn copy_sources(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    fs::copy(from.join("Cargo.toml"), to.join("Cargo.toml"))?;
    let mut open = vec![PathBuf::from("src")];
    while let Some(folder) = open.pop() {
        fs::create_dir_all(to.join(&folder))?;
        for entry in fs::read_dir(from.join(&folder))? {
            let entry = entry?;
            let relative = folder.join(entry.file_name());
            match entry.file_type()?.is_dir() {
                true => open.push(relative),
                false => drop(fs::copy(entry.path(), to.join(&relative))?),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
[package]
name = "client"
version = "0.1.21"

[features]
net = ["dep:socket2", "tokio/net"]

[dependencies.socket2]
version = "0.6"
features = ["all"]
optional = true

[target.'cfg(unix)'.dependencies.tokio]
version = "1.13"
default-features = false

[target.'cfg(unix)'.dev-dependencies.tokio]
version = "1"

[dev-dependencies.tokio]
version = "1"
"#;

    fn rebuilt(manifest: &str) -> io::Result<Table> {
        with_shims(manifest, Path::new("/w")).map(|text| text.parse().unwrap())
    }

    #[test]
    fn a_manifest_has_the_shims_and_all_else_as_it_was() {
        let manifest = rebuilt(MANIFEST).unwrap();
        let socket2 = &manifest["dependencies"]["socket2"];
        assert_eq!(socket2["package"].as_str(), Some("kata-net-socket2"));
        assert_eq!(socket2["path"].as_str(), Some("/w/harness/net/shims/socket2"));
        assert_eq!(socket2["optional"].as_bool(), Some(true));
        let tokio = &manifest["target"]["cfg(unix)"]["dependencies"]["tokio"];
        assert_eq!(tokio["package"].as_str(), Some("kata-net-tokio"));
        assert_eq!(tokio["default-features"].as_bool(), Some(false));
        assert!(tokio.get("version").is_none());
        let of_its_own = [&manifest, manifest["target"]["cfg(unix)"].as_table().unwrap()];
        assert!(
            of_its_own
                .iter()
                .all(|table| !table.contains_key("dev-dependencies"))
        );
        assert_eq!(manifest["features"]["net"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_client_that_would_open_real_connections_is_an_error() {
        let without = MANIFEST.replace("dependencies.tokio", "dependencies.smol");
        rebuilt(&without).unwrap_err();
    }
}
