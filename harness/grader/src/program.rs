//! From a submission to the program of its tests: compiled, and linked, on the best facade that it compiles with.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Instant,
};

use kata_protocol::report::{Diagnostic, Phases};

use crate::{Error, compile, facade::References, intake::Submission, link, rustc::Rustc};

/// What became of a submission on its way to a program.
pub(crate) enum Outcome {
    /// The program.
    Program(Program),
    /// The compiler refuses it, or the tests cannot call it.
    Refused(Vec<Diagnostic>),
    /// It cannot be compiled on the facade, which is not its fault.
    Unclear(Diagnostic),
}

/// The program of the tests.
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    /// Its file, open to be read.
    pub(crate) file: File,
    /// The compiler's warnings about the submission.
    pub(crate) warnings: Vec<Diagnostic>,
    /// The learner's own program, where that is what the tests judge.
    pub(crate) subject: Option<PathBuf>,
    /// Whose references it counts.
    pub(crate) references: References,
}

/// Measures the phases of a check, for people.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn started(start: Instant) -> Stopwatch {
        Stopwatch(start)
    }

    /// Adds the time since the last lap to `phase`.
    pub(crate) fn lap(&mut self, phase: &mut Option<u64>) {
        let now = Instant::now();
        let time = now.duration_since(std::mem::replace(&mut self.0, now));
        let time = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        *phase = Some(phase.unwrap_or_default().saturating_add(time));
    }
}

/// Makes the program in `folder`. Where counts of references are asked for and the submission or its tests do not compile
/// with them, it is made without.
pub(crate) async fn make(
    rustc: &Rustc<'_>,
    submission: &Submission,
    references: References,
    folder: &Path,
    stopwatch: &mut Stopwatch,
    phases: &mut Phases,
) -> Result<Outcome, Error> {
    let mut references = references;
    loop {
        let place = folder.join(references.library());
        fs::create_dir(&place).map_err(|source| Error::Cache {
            folder: folder.to_owned(),
            source,
        })?;
        let compiled = compile::compile(rustc, submission, references, &place).await?;
        stopwatch.lap(&mut phases.compile);
        let (library, warnings) = match compiled {
            compile::Outcome::Library(library, warnings) => (library, warnings),
            compile::Outcome::Refused(messages) => return Ok(Outcome::Refused(messages)),
            compile::Outcome::Unclear(message) => return Ok(Outcome::Unclear(message)),
            compile::Outcome::NotOnFacade(messages) => match references {
                References::Real => return Ok(Outcome::Refused(messages)),
                References::Counted => {
                    references = References::Real;
                    continue;
                }
            },
        };
        let linked = link::link(rustc, &library, references, &place).await?;
        stopwatch.lap(&mut phases.link);
        match linked {
            link::Outcome::Program(path, file) => {
                let subject = match rustc.exercise.is_program() {
                    true => Some(sealed(library)?),
                    false => None,
                };
                return Ok(Outcome::Program(Program {
                    path,
                    file,
                    warnings,
                    subject,
                    references,
                }));
            }
            link::Outcome::Mismatch(messages) => return Ok(Outcome::Refused(messages)),
            link::Outcome::NotCounted => references = References::Real,
        }
    }
}

/// The learner's program, as it is run.
fn sealed(program: PathBuf) -> Result<PathBuf, Error> {
    match link::seal(&program, link::Readers::Everybody) {
        Ok(_) => Ok(program),
        Err(source) => Err(Error::Cache {
            folder: program,
            source,
        }),
    }
}
