//! The canary: a crate that compiles only where what it calls `std` is the facade.
//!
//! The compiler does not promise that `std` may be replaced. If it stops to work, submissions would see the real std, no
//! thread of theirs would be explored, and wrong ones would pass. So it is tried, once for each toolchain.

use std::{fs, io, path::Path, process::Stdio};

use kata_course::Edition;
use tokio::process::Command;
use tokio_util::sync::CancellationToken;

use super::Libraries;
use crate::{
    Error, Facade,
    cache::Cache,
    compile::is_full,
    facade::{self, Names},
    intake::SourceFile,
    rustc::link_with,
    toolchain::Toolchain,
};

/// What a submission may write, with the types that must come of it.
const CANARY: &str = include_str!("../../../std/canary.rs");

/// Which way leads to the facade with `toolchain`.
pub(super) async fn sing(
    toolchain: &Toolchain,
    cache: &Cache,
    libraries: &Libraries,
    cancel: &CancellationToken,
) -> Result<Facade, Error> {
    let at = |source| Error::Cache {
        folder: cache.root().to_owned(),
        source,
    };
    let cage = cache.scratch("canary").map_err(at)?;
    for facade in [Facade::Extern, Facade::Renamed] {
        let canary = Canary::new(facade);
        let names = canary.release(cage.path()).map_err(at)?;
        let mut sings = true;
        for edition in Edition::ALL {
            let compiled = compile(toolchain, libraries, &names, edition, cage.path());
            sings &= tokio::select! {
                compiled = compiled => compiled?,
                () = cancel.cancelled() => return Err(Error::Interrupted),
            };
        }
        if sings {
            return Ok(facade);
        }
        // A disk without room lets nothing compile, and says nothing about the compiler.
        if let Some(full) = is_full(cage.path()) {
            return Err(at(full));
        }
    }
    Ok(Facade::Missing)
}

struct Canary {
    facade: Facade,
    file: SourceFile,
}

impl Canary {
    fn new(facade: Facade) -> Canary {
        let file = SourceFile {
            relative: FILE.into(),
            shown: FILE.to_owned(),
            text: CANARY.to_owned(),
        };
        Canary { facade, file }
    }

    /// Writes it into `cage` as a submission would be; gives what it calls the facade.
    fn release(&self, cage: &Path) -> io::Result<Names> {
        let names = self
            .facade
            .names([CANARY].into_iter())
            .expect("it leaves names free");
        let text = match self.facade {
            Facade::Extern | Facade::Missing => CANARY.to_owned(),
            Facade::Renamed => {
                let renamed = names.rename(&self.file, facade::expands([&self.file]));
                renamed.expect("its names are clear") + &names.prelude()
            }
        };
        fs::write(cage.join(FILE), text)?;
        Ok(names)
    }
}

const FILE: &str = "canary.rs";

/// Whether it compiles.
async fn compile(
    toolchain: &Toolchain,
    libraries: &Libraries,
    names: &Names,
    edition: Edition,
    cage: &Path,
) -> Result<bool, Error> {
    let facade = libraries.library("kata_std").unwrap_or_default();
    let status = Command::new(&toolchain.rustc)
        .current_dir(cage)
        .args([
            "--edition",
            edition.name(),
            "--crate-type",
            "rlib",
            "--emit",
            "metadata",
        ])
        .args(["--cap-lints", "allow"])
        .args(names.arguments(&facade))
        .args(link_with("kata_std", &facade))
        .arg("-L")
        .arg(format!("dependency={}", libraries.dependencies().display()))
        .arg(FILE)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .status()
        .await
        .map_err(|source| Error::NoCompiler {
            rustc: toolchain.rustc.clone(),
            source,
        })?;
    Ok(status.success())
}
