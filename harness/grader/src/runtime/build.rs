//! Building the runtime with cargo.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::Stdio,
};

use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
};
use tokio_util::sync::CancellationToken;

use super::{DEPENDENCIES, Set, network, sources, write_manifest};
use crate::{Error, Event, cache::Cache, toolchain::Toolchain};

/// How much of cargo's own words is kept for an error.
const SAID_CAP: u64 = 64 * 1024;

/// Builds the runtime with the crates of `set` and puts it at `folder`.
pub(super) async fn build(
    toolchain: &Toolchain,
    set: Set,
    cache: &Cache,
    folder: &Path,
    cancel: &CancellationToken,
    event: &(dyn Fn(Event) + Sync),
) -> Result<(), Error> {
    let at = |source| Error::Cache {
        folder: cache.root().to_owned(),
        source,
    };
    // A half-built one is removed with this guard, and by the next build where this process cannot.
    let place = cache.scratch("runtime").map_err(at)?;
    sources::write(set, place.path()).map_err(at)?;
    let packages = packages(toolchain, place.path(), cancel).await?;
    if set == Set::Network {
        let sources = network::REBUILT.map(|name| (name, source_of(name, &packages)));
        network::rebuild(place.path(), &sources).map_err(at)?;
    }
    let total = packages.len();
    event(Event::BuildingRuntime { done: 0, total });
    let libraries = compile(toolchain, place.path(), cancel, |done| {
        event(Event::BuildingRuntime {
            done: done.min(total),
            total,
        });
    })
    .await?;
    let done = collect(set, place.path(), host(toolchain), &libraries).map_err(at)?;
    // An older folder here is not whole, or it would have been used.
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(at)?;
    }
    fs::rename(done, folder).map_err(at)?;
    event(Event::RuntimeBuilt);
    Ok(())
}

/// The platform of the toolchain itself.
fn host(toolchain: &Toolchain) -> &str {
    let mut lines = toolchain.version.lines();
    lines
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap_or_default()
}

/// A package as `cargo metadata` has it.
#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
}

/// The folder of the package that is called `name`; an empty path if there is none, where nothing can be read.
fn source_of(name: &str, packages: &[Package]) -> PathBuf {
    let package = packages.iter().find(|package| package.name == name);
    let folder = package.and_then(|package| package.manifest_path.parent());
    folder.unwrap_or(Path::new("")).to_owned()
}

/// The packages that there are to build.
async fn packages(
    toolchain: &Toolchain,
    sources: &Path,
    cancel: &CancellationToken,
) -> Result<Vec<Package>, Error> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    let mut cargo = cargo(toolchain, sources, "metadata");
    cargo.args(["--format-version", "1", "--filter-platform", host(toolchain)]);
    let mut child = start(cargo)?;
    let mut text = Vec::new();
    let mut stdout = child.stdout.take().expect("standard output is piped");
    let metadata = finish(child, cancel, stdout.read_to_end(&mut text)).await;
    metadata?;
    let metadata: Metadata =
        serde_json::from_slice(&text).map_err(|source| Error::StrangeCargo { source })?;
    Ok(metadata.packages)
}

/// Compiles everything; the library files by crate name.
async fn compile(
    toolchain: &Toolchain,
    sources: &Path,
    cancel: &CancellationToken,
    done: impl Fn(usize),
) -> Result<BTreeMap<String, PathBuf>, Error> {
    let mut cargo = cargo(toolchain, sources, "build");
    cargo.args([
        "--release",
        "--package",
        "kata-runtime",
        "--message-format",
        "json",
    ]);
    // Named, so that a user's own `build.target` does not count.
    cargo.args(["--target", host(toolchain)]);
    cargo.arg("--target-dir").arg(sources.join("target"));
    let mut child = start(cargo)?;
    let stdout = child.stdout.take().expect("standard output is piped");
    let mut seen = BTreeSet::new();
    let mut libraries = BTreeMap::new();
    finish(child, cancel, async {
        let mut lines = BufReader::new(stdout).lines();
        while let Some(line) = lines.next_line().await? {
            if let Ok(Message::CompilerArtifact {
                package_id,
                target,
                filenames,
            }) = serde_json::from_str(&line)
            {
                let library = filenames
                    .into_iter()
                    .find(|file| file.extension() == Some(OsStr::new("rlib")));
                libraries.extend(library.map(|library| (target.name.replace('-', "_"), library)));
                seen.insert(package_id);
                done(seen.len());
            }
        }
        Ok(0)
    })
    .await?;
    Ok(libraries)
}

/// A line of `cargo build --message-format json`; see "External tools" in the Cargo book.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message {
    CompilerArtifact {
        package_id: String,
        target: Target,
        filenames: Vec<PathBuf>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Cargo, free of whatever the learner's environment tells it.
fn cargo(toolchain: &Toolchain, sources: &Path, verb: &str) -> Command {
    let mut cargo = Command::new(&toolchain.cargo);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let steers = text.starts_with("CARGO_") && text != "CARGO_HOME" && !text.starts_with("CARGO_HTTP");
        if steers
            || matches!(
                &*text,
                "RUSTFLAGS" | "RUSTDOCFLAGS" | "RUSTC_WRAPPER" | "RUSTC_WORKSPACE_WRAPPER"
            )
        {
            cargo.env_remove(&name);
        }
    }
    cargo
        .arg(verb)
        .current_dir(sources)
        .env("RUSTC", &toolchain.rustc)
        // Lets kata-test seed tokio's random choices.
        .env("RUSTFLAGS", "--cfg tokio_unstable")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "2")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        // A user's `config.toml` may have other profiles in mind.
        .env("CARGO_PROFILE_RELEASE_PANIC", "unwind")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // So that it can be ended with the compilers that it started, and by us alone.
        .process_group(0)
        .kill_on_drop(true);
    cargo
}

fn start(mut cargo: Command) -> Result<Child, Error> {
    cargo.spawn().map_err(|source| Error::NoCargo { source })
}

/// Reads with `read` what cargo prints, then waits for its end; a cancelled one is killed with its compilers.
async fn finish(
    mut child: Child,
    cancel: &CancellationToken,
    read: impl Future<Output = io::Result<usize>>,
) -> Result<(), Error> {
    let group = child.id();
    let mut stderr = child.stderr.take().expect("standard error is piped");
    let mut said = Vec::new();
    let all = async {
        let listen = async {
            (&mut stderr).take(SAID_CAP).read_to_end(&mut said).await?;
            tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await
        };
        tokio::try_join!(read, async { listen.await.map(|_| 0) })?;
        child.wait().await
    };
    let status = tokio::select! {
        status = all => status,
        () = cancel.cancelled() => {
            let pid = group.and_then(|pid| rustix::process::Pid::from_raw(pid.cast_signed()));
            if let Some(pid) = pid {
                // It may have ended just now: nothing is lost then.
                let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
            }
            return Err(Error::Interrupted);
        }
    };
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Error::RuntimeBuild {
            said: String::from_utf8_lossy(&said).into_owned(),
        }),
        Err(source) => Err(Error::NoCargo { source }),
    }
}

/// Gathers what compilers need of the build into a folder of its own, which is returned.
fn collect(
    set: Set,
    sources: &Path,
    host: &str,
    libraries: &BTreeMap<String, PathBuf>,
) -> io::Result<PathBuf> {
    let done = sources.join("done");
    let dependencies = done.join(DEPENDENCIES);
    fs::create_dir_all(&dependencies)?;
    let target = sources.join("target");
    // Macros are built for the compiler, and lie apart.
    for (built, kind) in [
        (target.join(host).join("release/deps"), "rlib"),
        (target.join("release/deps"), "so"),
    ] {
        for entry in fs::read_dir(built)? {
            let file = entry?.path();
            if let (Some(extension), Some(name)) = (file.extension(), file.file_name())
                && extension == kind
            {
                fs::rename(&file, dependencies.join(name))?;
            }
        }
    }
    let mut crates = BTreeMap::new();
    let own = set.own().iter().map(|(name, _)| name);
    for name in set.pinned().iter().chain(own).copied() {
        let library = libraries.get(name).and_then(|library| library.file_name());
        let library = library.ok_or_else(|| io::Error::other(format!("cargo built no library `{name}`")))?;
        crates.insert(name.to_owned(), Path::new(DEPENDENCIES).join(library));
    }
    write_manifest(&done, crates)?;
    Ok(done)
}
