//! The hidden tests, linked against the submission into a program of ours.
//!
//! The program's `main` is written from the list in `course.toml`: a test cannot be added to it, hidden from it,
//! or listed by anything that the submission says.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use kata_protocol::{
    Kind,
    report::{Diagnostic, Level},
};

use crate::{
    Error,
    compile::{self, is_full},
    intake::{self, Submission, Taken, shown_folder},
    rustc::{Compiled, Rustc, link_with},
};

/// What became of linking.
pub(crate) enum Outcome {
    /// The program of the tests.
    Program(PathBuf),
    /// The tests cannot call the submission: it does not have the signatures of the task.
    Mismatch(Vec<Diagnostic>),
}

/// Crates that every file of hidden tests may use.
const TEST_CRATES: [&str; 2] = ["kata_test", "tokio"];

/// The name of the program and of its source, without an ending.
const PROGRAM: &str = "hidden_tests";

/// Links the hidden tests of the exercise with `library`, the submission, in `folder`.
pub(crate) async fn link(rustc: &Rustc<'_>, library: &Path, folder: &Path) -> Result<Outcome, Error> {
    match build(rustc, library, folder).await? {
        Compiled::Done(_) => Ok(Outcome::Program(folder.join(PROGRAM))),
        Compiled::Refused(messages) => {
            // If they fit the solution, the submission is what does not fit.
            check_against_solution(rustc, folder).await?;
            let errors = messages.iter().filter(|message| message.level == Level::Error);
            Ok(Outcome::Mismatch(errors.map(without_the_test).collect()))
        }
        Compiled::NoAnswer { said, .. } => match is_full(folder) {
            Some(source) => Err(Error::Cache {
                folder: folder.to_owned(),
                source,
            }),
            None => Err(Error::Compiler { said }),
        },
    }
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

/// Links the hidden tests with the reference solution.
async fn check_against_solution(rustc: &Rustc<'_>, folder: &Path) -> Result<(), Error> {
    let broken = |messages: &[Diagnostic]| Error::BrokenTests {
        slug: rustc.exercise.slug.clone(),
        said: messages
            .iter()
            .map(|message| message.rendered.as_str())
            .collect::<Vec<_>>()
            .join("\n"),
    };
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
    let library = match compile::compile(rustc, &solution, &place).await? {
        compile::Outcome::Library(library, _) => library,
        compile::Outcome::Refused(messages) => return Err(broken(&messages)),
    };
    match build(rustc, &library, &place).await? {
        Compiled::Done(_) => Ok(()),
        Compiled::Refused(messages) => Err(broken(&messages)),
        Compiled::NoAnswer { said, .. } => Err(Error::Compiler { said }),
    }
}

async fn build(rustc: &Rustc<'_>, library: &Path, folder: &Path) -> Result<Compiled, Error> {
    let hidden = rustc.course.layout(rustc.exercise).hidden();
    let main = folder.join(format!("{PROGRAM}.rs"));
    let source = main_source(rustc, &hidden);
    fs::write(&main, source).map_err(|source| Error::Cache {
        folder: folder.to_owned(),
        source,
    })?;
    let mut arguments = rustc.arguments(&main, "bin", PROGRAM, folder);
    arguments.extend([
        "--cap-lints".into(),
        "allow".into(),
        "-C".into(),
        "strip=symbols".into(),
    ]);
    // Panics in a test are told apart from panics in the submission by where they are.
    let mut remap = rustc.course.root.clone().into_os_string();
    remap.push("/=");
    arguments.extend(["--remap-path-prefix".into(), remap]);
    arguments.extend(link_with(&rustc.exercise.crate_name(), library));
    for name in TEST_CRATES {
        arguments.extend(
            rustc
                .runtime
                .library(name)
                .iter()
                .flat_map(|file| link_with(name, file)),
        );
    }
    if rustc.is_modelled() {
        arguments.extend(rustc.facade());
    }
    rustc.run(arguments, folder).await
}

/// The program's `main`.
fn main_source(rustc: &Rustc<'_>, hidden: &Path) -> String {
    let mut source = format!("#[path = {hidden:?}]\nmod hidden;\n\nfn main() -> std::process::ExitCode {{\n");
    let _ = writeln!(
        source,
        "    kata_test::serve({:?}, &[",
        shown_folder(rustc.exercise)
    );
    for test in &rustc.exercise.tests {
        let name = &test.name;
        let body = match test.kind {
            Kind::VirtualTime => format!("VirtualTime(|| Box::pin(hidden::{name}()))"),
            Kind::Explore => format!("Explore(hidden::{name})"),
            Kind::Ideal => format!("Ideal(hidden::{name})"),
            // A course with a kind that is not supported is refused when it is read.
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
