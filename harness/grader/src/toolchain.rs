//! The Rust toolchain that submissions are compiled with.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::process::Command;

use crate::Error;

/// A toolchain, by its own files: not through rustup's proxies, which would look for a toolchain file in the
/// learner's folder and cost time on each call.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// Where the compiler and its libraries are: a path without links.
    pub sysroot: PathBuf,
    /// The compiler.
    pub rustc: PathBuf,
    /// Cargo, which builds the runtime once.
    pub cargo: PathBuf,
    /// What `rustc -vV` says: release, commit and host.
    pub version: String,
}

impl Toolchain {
    /// The toolchain of the folder `course`: `$RUSTC` or else the `rustc` of the path.
    ///
    /// # Errors
    ///
    /// When there is no compiler, or it does not say what it is.
    pub async fn discover(course: &Path) -> Result<Toolchain, Error> {
        let rustc = env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
        let (version, sysroot) = tokio::join!(
            ask(&rustc, &["-vV"], course),
            ask(&rustc, &["--print", "sysroot"], course)
        );
        let (version, sysroot) = (version?, sysroot?);
        if !version.starts_with("rustc ") {
            return Err(Error::StrangeCompiler { rustc, said: version });
        }
        let sysroot = Path::new(&sysroot);
        let sysroot = sysroot.canonicalize().map_err(|source| Error::NoCompiler {
            rustc: sysroot.to_owned(),
            source,
        })?;
        let own = |name: &str, otherwise: &Path| {
            let own = sysroot.join("bin").join(name);
            if own.is_file() { own } else { otherwise.to_owned() }
        };
        Ok(Toolchain {
            rustc: own("rustc", &rustc),
            cargo: own("cargo", Path::new("cargo")),
            version,
            sysroot,
        })
    }

    /// The release, such as `rustc 1.95.0 (59807616e 2026-04-14)`.
    pub fn release(&self) -> &str {
        self.version.lines().next().unwrap_or_default()
    }
}

/// What the compiler answers, without the last newline.
async fn ask(rustc: &Path, question: &[&str], course: &Path) -> Result<String, Error> {
    let output = Command::new(rustc)
        .args(question)
        .current_dir(course)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|source| Error::NoCompiler {
            rustc: rustc.to_owned(),
            source,
        })?;
    let said = if output.status.success() {
        &output.stdout
    } else {
        &output.stderr
    };
    let said = String::from_utf8_lossy(said).trim().to_owned();
    if output.status.success() {
        Ok(said)
    } else {
        Err(Error::StrangeCompiler {
            rustc: rustc.to_owned(),
            said,
        })
    }
}
