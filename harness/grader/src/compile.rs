//! The submission, compiled as it is. The hidden tests are not in reach here.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use kata_course::Forbidden;
use kata_protocol::report::{Diagnostic, Level};

use crate::{
    Error,
    facade::{self, Facade, Names, References},
    intake::{SourceFile, Submission, shown_folder},
    rustc::{Compiled, Rustc, library},
};

/// What became of a submission in the compiler.
pub(crate) enum Outcome {
    /// A library, or the learner's program, and the warnings on the way.
    Library(PathBuf, Vec<Diagnostic>),
    /// The compiler refuses it.
    Refused(Vec<Diagnostic>),
    /// The compiler accepts it, and not on this facade.
    NotOnFacade(Vec<Diagnostic>),
    /// It cannot be compiled on the facade, which is not its fault.
    Unclear(Diagnostic),
}

/// Compiles the submission in `folder`, an empty one.
///
/// The type check is against the real std, with the compiler's original messages. Where the submission's threads
/// are explored, or its event loop is watched, a second call compiles it on the facade; elsewhere the first also makes the code.
pub(crate) async fn compile(
    rustc: &Rustc<'_>,
    submission: &Submission,
    references: References,
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
    let (root, kind, made) = match rustc.exercise.is_program() {
        true => ("src/main.rs", "bin", out.join(&name)),
        false => ("src/lib.rs", "rlib", library(&out, &name)),
    };
    let root = PathBuf::from(shown_folder(rustc.exercise)).join(root);
    let mut arguments = rustc.arguments(&root, kind, &name, &out);
    // Deny by default, and not to be allowed: a constant that never ends.
    arguments.extend(["-F".into(), "long_running_const_eval".into()]);
    if rustc.exercise.forbid.contains(&Forbidden::Unsafe) {
        arguments.extend(["-F".into(), "unsafe_code".into()]);
    }
    for allowed in &rustc.exercise.crates {
        arguments.extend(rustc.link_with(allowed));
    }
    if !rustc.has_facade() {
        let compiled = rustc.run(arguments, folder, &[], &out).await?;
        return outcome(compiled, made, folder);
    }
    let mut on_facade = arguments.clone();
    on_facade.extend(["--cap-lints".into(), "allow".into()]);
    arguments.extend(["--emit".into(), "metadata".into()]);
    let warnings = match rustc.run(arguments, folder, &[], &out).await? {
        Compiled::Done(warnings) => warnings,
        refused => return outcome(refused, made, folder),
    };
    let (names, place) = match prepare(rustc, submission, &root, folder).map_err(at)? {
        Ok(prepared) => prepared,
        Err(unclear) => return Ok(Outcome::Unclear(*unclear)),
    };
    on_facade.extend(rustc.facade(&names, references));
    match rustc.run(on_facade, &place, &[], &out).await? {
        Compiled::Refused(messages) => {
            let mut messages = messages.into_iter().map(|message| names.restore(message));
            if rustc.is_modelled() {
                return Ok(Outcome::NotOnFacade(messages.map(not_in_the_model).collect()));
            }
            // Nothing is left out of this one on purpose.
            match messages.find(|message| message.level == Level::Error) {
                Some(message) => Ok(Outcome::Unclear(not_on_the_loop(message))),
                None => Ok(Outcome::Refused(Vec::new())),
            }
        }
        compiled => match outcome(compiled, made, folder)? {
            Outcome::Library(library, _) => Ok(Outcome::Library(library, warnings)),
            other => Ok(other),
        },
    }
}

/// Makes the sources of the crate ready for the facade: what they call it, and the folder to compile them in.
fn prepare(
    rustc: &Rustc<'_>,
    submission: &Submission,
    root: &Path,
    folder: &Path,
) -> io::Result<Result<(Names, PathBuf), Box<Diagnostic>>> {
    let files = || submission.given.iter().chain(&submission.files);
    let names = match rustc.runtime.facade.names(files().map(|file| &*file.text)) {
        Some(names) => names,
        None => return Ok(Err(Box::new(no_name(root)))),
    };
    if rustc.runtime.facade == Facade::Extern {
        return Ok(Ok((names, folder.to_owned())));
    }
    let place = folder.join("renamed");
    let expands = facade::expands(files());
    for file in files() {
        let mut text = match names.rename(file, expands) {
            Ok(text) => text,
            Err(unclear) => return Ok(Err(unclear)),
        };
        if Path::new(&file.shown) == root {
            // Behind everything, so that no line of the learner's moves.
            text.push('\n');
            text.push_str(&names.prelude());
        }
        let file = SourceFile { text, ..file.clone() };
        write(&place, &file)?;
    }
    Ok(Ok((names, place)))
}

/// What is said of sources in which every name stands that kata could give the facade.
fn no_name(root: &Path) -> Diagnostic {
    let message = format!(
        "kata finds no name for its standard library that {} does not have",
        root.display()
    );
    Diagnostic {
        level: Level::Error,
        code: None,
        rendered: format!("error: {message}"),
        message,
        location: None,
    }
}

/// The outcome of a compilation in `folder` that was to make `library`.
fn outcome(compiled: Compiled, library: PathBuf, folder: &Path) -> Result<Outcome, Error> {
    match compiled {
        Compiled::Done(warnings) => Ok(Outcome::Library(library, warnings)),
        Compiled::Refused(messages) => Ok(Outcome::Refused(messages)),
        Compiled::NoAnswer { why, said, .. } => {
            if let Some(full) = is_full(folder) {
                return Err(Error::Cache {
                    folder: folder.to_owned(),
                    source: full,
                });
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

/// What is said where real std has something that the facade has not.
fn not_in_the_model(message: Diagnostic) -> Diagnostic {
    let note = "the real std has this; kata's, on which threads run under every schedule, leaves out what no schedule \
                knows of: files, sockets, processes, the hook of panics";
    Diagnostic {
        rendered: format!("{}\n  = note: {note}", message.rendered),
        ..message
    }
}

/// What is said where real std has something that the facade for async code has not.
fn not_on_the_loop(message: Diagnostic) -> Diagnostic {
    let note = "the real std has this; kata's, which sees what blocks the event loop, does not: that is kata's fault and not \
                yours. Write it in another way, or ask whoever gives the course";
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
