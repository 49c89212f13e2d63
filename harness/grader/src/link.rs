//! The hidden tests, linked against the submission into a program of ours.
//!
//! The program's `main` is written from the list in `course.toml`: a test cannot be added to it, hidden from it,
//! or listed by anything that the submission says.

use std::{
    fmt::Write,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use kata_protocol::{
    Kind,
    report::{Diagnostic, Level},
};
use rustix::fs::{Gid, Mode, OFlags, Uid};

use crate::{
    Error,
    compile::{self, is_full},
    facade::{self, Facade, Names, References},
    intake::{self, Submission, Taken, shown_folder},
    rustc::{Compiled, Rustc, link_with},
};

/// What became of linking.
pub(crate) enum Outcome {
    /// The program of the tests, and its file, open to be read.
    Program(PathBuf, File),
    /// The tests cannot call the submission: it does not have the signatures of the task.
    Mismatch(Vec<Diagnostic>),
    /// The tests cannot be linked with references that are counted.
    NotCounted,
}

/// Crates that every file of hidden tests may use; of the last one, where the exercise has it.
const TEST_CRATES: [&str; 3] = ["kata_test", "tokio", "kata_http"];

/// The name of the program and of its source, without an ending.
const PROGRAM: &str = "hidden_tests";

/// The folder that it is made in.
const OUT: &str = "program";

/// Links the hidden tests of the exercise with `library`, the submission, in `folder`.
pub(crate) async fn link(
    rustc: &Rustc<'_>,
    library: &Path,
    references: References,
    folder: &Path,
) -> Result<Outcome, Error> {
    match build(rustc, library, references, folder).await? {
        Compiled::Done(_) => {
            let program = folder.join(OUT).join(PROGRAM);
            match seal(&program, Readers::Nobody) {
                Ok(file) => Ok(Outcome::Program(program, file)),
                Err(source) => Err(Error::Cache {
                    folder: program,
                    source,
                }),
            }
        }
        Compiled::Refused(_) if references == References::Counted => Ok(Outcome::NotCounted),
        Compiled::Refused(messages) if rustc.exercise.is_program() => Err(broken(rustc, &messages)),
        Compiled::Refused(messages) => {
            // If they fit the solution, the submission is what does not fit.
            check_against_solution(rustc, folder).await?;
            let errors = messages.iter().filter(|message| message.level == Level::Error);
            Ok(Outcome::Mismatch(errors.map(without_the_test).collect()))
        }
        Compiled::NoAnswer { said, by_itself, .. } => {
            if let Some(source) = is_full(folder) {
                return Err(Error::Cache {
                    folder: folder.to_owned(),
                    source,
                });
            }
            if !by_itself {
                return Err(Error::Compiler { said });
            }
            // As above: with the solution all is well.
            check_against_solution(rustc, folder).await?;
            Ok(Outcome::Mismatch(vec![cannot_be_linked()]))
        }
    }
}

/// What is said of a submission that compiles, and that no program can be made with.
fn cannot_be_linked() -> Diagnostic {
    let message = "your crate compiles, and cannot be linked with the hidden tests".to_owned();
    Diagnostic {
        level: Level::Error,
        code: None,
        rendered: format!(
            "error: {message}\n  = note: it defines something that a program has once, and that the tests have: an allocator, \
             `main`, or another symbol of its own"
        ),
        message,
        location: None,
    }
}

/// Who may read a program that is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Nobody, its owner neither: it holds the hidden tests.
    Nobody,
    /// Everybody: there is nothing in it that its learner does not know. And whose program can be read, of that the kernel tells other
    /// processes of the same user what it waits for, which is how the sandbox knows a sleep from a wait.
    Everybody,
}

/// Makes a program that can be executed, and changed by nobody. The compiler made it, so that it is taken for a
/// regular file only if it is one. The file that is returned reads it in any case.
pub(crate) fn seal(program: &Path, readers: Readers) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(program, flags, Mode::empty())?);
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // Whoever it belongs to could change it back.
    if rustix::process::geteuid().is_root() {
        rustix::fs::fchown(&file, Some(Uid::ROOT), Some(Gid::ROOT))?;
    }
    let mode = match readers {
        Readers::Nobody => 0o111,
        Readers::Everybody => 0o555,
    };
    rustix::fs::fchmod(&file, Mode::from_raw_mode(mode))?;
    Ok(file)
}

/// What the learner may read of an error in the hidden tests: what does not fit, and not the test.
fn without_the_test(message: &Diagnostic) -> Diagnostic {
    let code = message
        .code
        .as_ref()
        .map(|code| format!("[{code}]"))
        .unwrap_or_default();
    Diagnostic {
        level: Level::Error,
        code: message.code.clone(),
        message: message.message.clone(),
        location: None,
        rendered: format!(
            "error{code}: {}\n  = note: your crate compiles, and the hidden tests cannot call it as the task says: \
             compare names and signatures with the README",
            message.message
        ),
    }
}

/// That the hidden tests are wrong by themselves.
fn broken(rustc: &Rustc<'_>, messages: &[Diagnostic]) -> Error {
    let said = messages.iter().map(|message| message.rendered.as_str());
    Error::BrokenTests {
        slug: rustc.exercise.slug.clone(),
        said: said.collect::<Vec<_>>().join("\n"),
    }
}

/// Links the hidden tests with the reference solution.
async fn check_against_solution(rustc: &Rustc<'_>, folder: &Path) -> Result<(), Error> {
    let broken = |messages: &[Diagnostic]| broken(rustc, messages);
    let place = folder.join("solution");
    fs::create_dir(&place).map_err(|source| Error::Cache {
        folder: folder.to_owned(),
        source,
    })?;
    let solution: Submission =
        match intake::take(rustc.course, rustc.exercise, &kata_course::Source::Solution)? {
            Taken::Submission(solution) => solution,
            Taken::Refused(messages) => return Err(broken(&messages)),
        };
    let references = References::Real;
    let library = match compile::compile(rustc, &solution, references, &place).await? {
        compile::Outcome::Library(library, _) => library,
        compile::Outcome::Refused(messages) | compile::Outcome::NotOnFacade(messages) => {
            return Err(broken(&messages));
        }
        compile::Outcome::Unclear(message) => return Err(broken(&[message])),
    };
    match build(rustc, &library, references, &place).await? {
        Compiled::Done(_) => Ok(()),
        Compiled::Refused(messages) => Err(broken(&messages)),
        Compiled::NoAnswer { said, .. } => Err(Error::Compiler { said }),
    }
}

/// The hidden tests as they are compiled.
struct Sources {
    /// The file.
    hidden: PathBuf,
    /// The folder that stands for the course's.
    root: PathBuf,
    /// What they call the facade, where they are compiled on it.
    names: Option<Names>,
}

/// The sources of the hidden tests, from a copy in `folder` where they have to be changed.
fn sources(rustc: &Rustc<'_>, folder: &Path) -> Result<Sources, Error> {
    let (root, hidden) = (
        rustc.course.root.clone(),
        rustc.course.layout(rustc.exercise).hidden(),
    );
    // At paths without links, for the compiler is shown what lies there.
    let canonical = |path: &Path| {
        path.canonicalize().map_err(|source| Error::Course {
            file: path.to_owned(),
            source,
        })
    };
    let (root, hidden) = (canonical(&root)?, canonical(&hidden)?);
    if !rustc.has_facade() {
        return Ok(Sources {
            hidden,
            root,
            names: None,
        });
    }
    let broken = |said: String| Error::BrokenTests {
        slug: rustc.exercise.slug.clone(),
        said,
    };
    let file = intake::hidden(rustc.course, rustc.exercise)?;
    let names = rustc.runtime.facade.names([file.text.as_str()].into_iter());
    let names =
        names.ok_or_else(|| broken("kata finds no name for its standard library in them".to_owned()))?;
    if rustc.runtime.facade == Facade::Extern {
        return Ok(Sources {
            hidden,
            root,
            names: Some(names),
        });
    }
    let renamed = names.rename(&file, facade::expands([&file]));
    let text = renamed.map_err(|unclear| broken(unclear.rendered))?;
    let root = folder.join("renamed-tests");
    let hidden = root.join(&file.relative);
    let written = hidden.parent().map_or(Ok(()), fs::create_dir_all);
    written
        .and_then(|()| fs::write(&hidden, text))
        .map_err(|source| Error::Cache {
            folder: folder.to_owned(),
            source,
        })?;
    Ok(Sources {
        hidden,
        root,
        names: Some(names),
    })
}

async fn build(
    rustc: &Rustc<'_>,
    library: &Path,
    references: References,
    folder: &Path,
) -> Result<Compiled, Error> {
    let Sources { hidden, root, names } = sources(rustc, folder)?;
    let at = |source| Error::Cache {
        folder: folder.to_owned(),
        source,
    };
    let out = folder.join(OUT);
    fs::create_dir(&out).map_err(at)?;
    let main = folder.join(format!("{PROGRAM}.rs"));
    let source = main_source(rustc, &hidden, names.as_ref());
    fs::write(&main, source).map_err(at)?;
    let mut arguments = rustc.arguments(&main, "bin", PROGRAM, &out);
    arguments.extend(["--cap-lints".into(), "allow".into()]);
    // What is stripped cannot be found in the program, whoever gets to read it.
    if !rustc.has_lines() {
        arguments.extend(["-C".into(), "strip=symbols".into()]);
    }
    // Panics in a test are told apart from panics in the submission by where they are.
    let mut remap = root.into_os_string();
    remap.push("/=");
    arguments.extend(["--remap-path-prefix".into(), remap]);
    // Whoever judges a program has nothing of it in its own.
    if !rustc.exercise.is_program() {
        arguments.extend(link_with(&rustc.exercise.crate_name(), library));
    }
    let named = rustc.exercise.crates.iter().map(String::as_str);
    let besides = named.filter(|name| !TEST_CRATES.contains(name));
    for name in TEST_CRATES.into_iter().chain(besides) {
        arguments.extend(rustc.link_with(name));
    }
    arguments.extend(names.iter().flat_map(|names| rustc.facade(names, references)));
    let compiled = rustc.run(arguments, folder, &[&hidden], &out).await?;
    Ok(match (compiled, names) {
        (Compiled::Refused(messages), Some(names)) => Compiled::Refused(
            messages
                .into_iter()
                .map(|message| names.restore(message))
                .collect(),
        ),
        (compiled, _) => compiled,
    })
}

/// The program's `main`.
fn main_source(rustc: &Rustc<'_>, hidden: &Path, names: Option<&Names>) -> String {
    let mut source = names
        .filter(|_| rustc.runtime.facade == Facade::Renamed)
        .map(Names::prelude)
        .unwrap_or_default();
    let _ = write!(
        source,
        "#[path = {hidden:?}]\nmod hidden;\n\nfn main() -> std::process::ExitCode {{\n"
    );
    let _ = writeln!(
        source,
        "    kata_test::serve({:?}, &[",
        shown_folder(rustc.exercise)
    );
    for test in &rustc.exercise.tests {
        let name = &test.name;
        let body = match test.kind {
            Kind::VirtualTime => format!("VirtualTime(|| Box::pin(hidden::{name}()))"),
            Kind::ExploreTasks => format!("ExploreTasks(|| Box::pin(hidden::{name}()))"),
            Kind::Explore => format!("Explore(hidden::{name})"),
            Kind::Ideal => format!("Ideal(hidden::{name})"),
            Kind::Plain | Kind::Program => format!("Plain(hidden::{name})"),
        };
        let _ = writeln!(
            source,
            "        kata_test::Case {{ name: {name:?}, body: kata_test::Body::{body} }},"
        );
    }
    source.push_str("    ])\n}\n");
    source
}
