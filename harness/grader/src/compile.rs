//! The submission, compiled as it is. The hidden tests are not in reach here.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use kata_course::Forbidden;
use kata_protocol::report::{Diagnostic, Level};

use crate::{
    Error,
    intake::{SourceFile, Submission, shown_folder},
    rustc::{Compiled, Rustc, library, link_with},
};

/// What became of a submission in the compiler.
pub(crate) enum Outcome {
    /// A library, and the warnings on the way.
    Library(PathBuf, Vec<Diagnostic>),
    /// The compiler refuses it.
    Refused(Vec<Diagnostic>),
}

/// Compiles the submission in `folder`, an empty one.
///
/// The type check is against the real std, with the compiler's original messages. Where the submission's threads
/// are explored, a second call compiles the same files on the facade; elsewhere the first also makes the code.
pub(crate) async fn compile(
    rustc: &Rustc<'_>,
    submission: &Submission,
    folder: &Path,
) -> Result<Outcome, Error> {
    let at = |source| Error::Cache {
        folder: folder.to_owned(),
        source,
    };
    for file in submission.given.iter().chain(&submission.files) {
        write(folder, file).map_err(at)?;
    }
    let out = folder.join("out");
    fs::create_dir(&out).map_err(at)?;
    let name = rustc.exercise.crate_name();
    // Relative, so that messages and panics name files as the learner knows them.
    let root = PathBuf::from(shown_folder(rustc.exercise)).join("src/lib.rs");
    let mut arguments = rustc.arguments(&root, "rlib", &name, &out);
    let is_modelled = rustc.is_modelled();
    // Deny by default, and not to be allowed: a constant that never ends.
    arguments.extend(["-F".into(), "long_running_const_eval".into()]);
    if rustc.exercise.forbid.contains(&Forbidden::Unsafe) {
        arguments.extend(["-F".into(), "unsafe_code".into()]);
    }
    for allowed in &rustc.exercise.crates {
        arguments.extend(
            rustc
                .runtime
                .library(allowed)
                .iter()
                .flat_map(|file| link_with(allowed, file)),
        );
    }
    let mut on_facade = arguments.clone();
    if is_modelled {
        arguments.extend(["--emit".into(), "metadata".into()]);
        on_facade.extend(rustc.facade());
        on_facade.extend(["--cap-lints".into(), "allow".into()]);
    }
    let checked = rustc.run(arguments, folder).await?;
    let compiled = match checked {
        Compiled::Done(warnings) if is_modelled => match rustc.run(on_facade, folder).await? {
            Compiled::Done(_) => Compiled::Done(warnings),
            Compiled::Refused(messages) => {
                Compiled::Refused(messages.into_iter().map(not_in_the_model).collect())
            }
            no_answer => no_answer,
        },
        checked => checked,
    };
    match compiled {
        Compiled::Done(warnings) => Ok(Outcome::Library(library(&out, &name), warnings)),
        Compiled::Refused(messages) => Ok(Outcome::Refused(messages)),
        Compiled::NoAnswer { why, said } => {
            if let Some(full) = is_full(folder) {
                return Err(at(full));
            }
            let rendered = if said.is_empty() {
                format!("error: {why}")
            } else {
                format!("error: {why}\n\n{said}")
            };
            let message = Diagnostic {
                level: Level::Error,
                code: None,
                message: why,
                location: None,
                rendered,
            };
            Ok(Outcome::Refused(vec![message]))
        }
    }
}

/// What is said where real std has something that the model has not.
fn not_in_the_model(message: Diagnostic) -> Diagnostic {
    let note =
        "the real std has this; the scheduler that this exercise runs your threads under has not (yet)";
    Diagnostic {
        rendered: format!("{}\n  = note: {note}", message.rendered),
        ..message
    }
}

fn write(folder: &Path, file: &SourceFile) -> io::Result<()> {
    let path = folder.join(&file.shown);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, &file.text)
}

/// What a compiler and a linker want for their files, in bytes, and then some.
const ROOM: u64 = 32 << 20;

/// Whether the disk may be the reason that nothing could be made. What the compiler says of it cannot be relied on:
/// a linker that maps its output is ended by `SIGBUS`, and has removed its files by the time that one looks.
pub(crate) fn is_full(folder: &Path) -> Option<io::Error> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    let left = disk.f_bavail.saturating_mul(disk.f_frsize);
    (left < ROOM).then(|| {
        let message = format!("only {} KiB are left on this disk", left / 1024);
        io::Error::new(io::ErrorKind::StorageFull, message)
    })
}
