//! The runtime: the crates that are linked with a submission and its hidden tests.
//!
//! It is built once per toolchain, version of kata and [`Set`] of crates, from sources that this program carries with it, into the
//! cache. Its key is a hash of everything that goes into it, so it is never stale; a lock makes two first checks
//! at once wait for each other; and it appears under its name only when it is whole.
//!
//! Beside it is kept what the canary has found: how the toolchain lets a submission see the facade.

mod build;
mod canary;
mod network;
mod set;
mod sources;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::{Error, Event, Facade, cache::Cache, toolchain::Toolchain};

pub use set::{PINNED_CRATES, Set};

/// A runtime that has been built.
#[derive(Clone, Debug)]
pub struct Runtime {
    /// Hash of all that went into it: sources, versions of dependencies, toolchain.
    pub key: String,
    /// How submissions come to see the facade.
    pub facade: Facade,
    libraries: Libraries,
}

/// The libraries of a runtime, which are all that has to be built.
#[derive(Clone, Debug)]
struct Libraries {
    folder: PathBuf,
    manifest: Manifest,
}

/// `runtime.json` in the runtime's folder: the file of each crate that may be named with `--extern`.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Manifest {
    crates: BTreeMap<String, PathBuf>,
}

const MANIFEST: &str = "runtime.json";
const DEPENDENCIES: &str = "deps";

/// The file that says how submissions come to see the facade, in a word.
const FACADE: &str = "facade";

impl Runtime {
    /// The key that the runtime of this program with the crates of `set` has with `toolchain`, built or not.
    pub fn key(toolchain: &Toolchain, set: Set) -> String {
        let mut hasher = blake3::Hasher::new();
        sources::hash_into(set, &mut hasher);
        hasher.update(toolchain.version.as_bytes());
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// The runtime for `toolchain` with the crates of `set`, built first if need be.
    ///
    /// # Errors
    ///
    /// When the cache cannot be written, the crates cannot be had, or the build fails.
    pub async fn ensure(
        toolchain: &Toolchain,
        set: Set,
        cache: &Cache,
        cancel: &CancellationToken,
        event: &(dyn Fn(Event) + Sync),
    ) -> Result<Runtime, Error> {
        let key = Runtime::key(toolchain, set);
        let folder = cache.runtimes().join(&key);
        if let Some(runtime) = Runtime::load(&key, &folder) {
            return Ok(runtime);
        }
        let _lock = cache
            .lock(&format!("runtime-{key}"), cancel, || {
                event(Event::WaitingForRuntime)
            })
            .await?;
        // Somebody else may have built it while this one waited.
        if let Some(runtime) = Runtime::load(&key, &folder) {
            return Ok(runtime);
        }
        if Libraries::load(&folder).is_none() {
            build::build(toolchain, set, cache, &folder, cancel, event).await?;
        }
        let incomplete = || Error::RuntimeIncomplete {
            folder: folder.clone(),
        };
        let libraries = Libraries::load(&folder).ok_or_else(incomplete)?;
        let facade = canary::sing(toolchain, cache, &libraries, cancel).await?;
        fs::write(folder.join(FACADE), facade.name()).map_err(|source| Error::Cache {
            folder: folder.clone(),
            source,
        })?;
        Runtime::load(&key, &folder).ok_or_else(incomplete)
    }

    /// Loads a runtime that is whole.
    fn load(key: &str, folder: &Path) -> Option<Runtime> {
        Some(Runtime {
            key: key.to_owned(),
            facade: Facade::named(fs::read_to_string(folder.join(FACADE)).ok()?.trim())?,
            libraries: Libraries::load(folder)?,
        })
    }

    /// How submissions come to see the facade with `toolchain`; `None` while the runtime with this set is not built.
    pub fn facade(toolchain: &Toolchain, set: Set, cache: &Cache) -> Option<Facade> {
        let key = Runtime::key(toolchain, set);
        Some(Runtime::load(&key, &cache.runtimes().join(&key))?.facade)
    }

    /// Where it is.
    pub(crate) fn folder(&self) -> &Path {
        &self.libraries.folder
    }

    /// The library of one of the runtime's crates.
    pub(crate) fn library(&self, name: &str) -> Option<PathBuf> {
        self.libraries.library(name)
    }

    /// Where the compiler finds what those crates are made of.
    pub(crate) fn dependencies(&self) -> PathBuf {
        self.libraries.dependencies()
    }
}

impl Libraries {
    /// Loads the libraries, if they are all there.
    fn load(folder: &Path) -> Option<Libraries> {
        let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join(MANIFEST)).ok()?).ok()?;
        let whole = manifest.crates.values().all(|file| folder.join(file).is_file());
        whole.then(|| Libraries {
            folder: folder.to_owned(),
            manifest,
        })
    }

    fn library(&self, name: &str) -> Option<PathBuf> {
        self.manifest.crates.get(name).map(|file| self.folder.join(file))
    }

    fn dependencies(&self) -> PathBuf {
        self.folder.join(DEPENDENCIES)
    }
}

/// Writes `runtime.json`, which makes a folder a runtime.
fn write_manifest(folder: &Path, crates: BTreeMap<String, PathBuf>) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(&Manifest { crates })?;
    fs::write(folder.join(MANIFEST), text)
}
