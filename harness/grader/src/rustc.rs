//! Calling the compiler: directly, without cargo, confined and limited as a test is.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    time::Duration,
};

use kata_course::{Course, Exercise};
use kata_protocol::{
    Kind,
    report::{Diagnostic, Level},
};
use kata_sandbox::{Ended, How, Limit, Limits, Network, Program, View, Warden};
use tokio_util::sync::CancellationToken;

use crate::{
    Error, diagnostics,
    facade::{Names, References},
    runtime::Runtime,
    toolchain::Toolchain,
};

/// What one call of the compiler may use. An exercise compiles in under a second; the rest is for slow machines,
/// and an end for constants and macros that never come to one.
const LIMITS: Limits = Limits {
    cpu: Duration::from_secs(20),
    wall: Duration::from_secs(20),
    memory: Some(2 << 30),
    processes: 128,
    output: 4 << 20,
    reply: 0,
    file_size: 256 << 20,
    open_files: 1024,
};

/// What is said when the compiler takes more memory than it may.
const TOO_MUCH_MEMORY: &str = "compiling it takes more than 2 GiB of memory";

/// How wide the compiler may draw. A fixed number, so that its messages are the same on any terminal.
const DIAGNOSTIC_WIDTH: &str = "100";

/// The facade on which calls that block the event loop are seen.
const ASYNC_FACADE: &str = "kata_std_async";

/// A compiler with all that its calls in one check have in common.
pub(crate) struct Rustc<'a> {
    pub(crate) toolchain: &'a Toolchain,
    pub(crate) runtime: &'a Runtime,
    pub(crate) warden: &'a Warden,
    pub(crate) cancel: &'a CancellationToken,
    pub(crate) course: &'a Course,
    pub(crate) exercise: &'a Exercise,
}

/// How a call of the compiler ended.
pub(crate) enum Compiled {
    /// It accepts the source; these are its warnings.
    Done(Vec<Diagnostic>),
    /// It does not, and says why.
    Refused(Vec<Diagnostic>),
    /// It came to no answer. The source may be the reason; the compiler's words say more.
    NoAnswer {
        /// In a sentence.
        why: String,
        /// Whether it ended by itself, as it does when it is not content.
        by_itself: bool,
        /// What was printed.
        said: String,
    },
}

impl Rustc<'_> {
    /// The arguments that every call has: `source` becomes `crate_type` in `out`, linked with `externs`.
    pub(crate) fn arguments(&self, source: &Path, crate_type: &str, name: &str, out: &Path) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec![source.into()];
        for (flag, value) in [
            ("--edition", self.course.edition.name()),
            ("--crate-type", crate_type),
            ("--crate-name", name),
            ("--error-format", "json"),
            ("--diagnostic-width", DIAGNOSTIC_WIDTH),
            // What a learner's own `cargo test` has: overflow panics, and lines in panics.
            ("-C", "debug-assertions=on"),
            (
                "-C",
                if self.has_lines() {
                    "debuginfo=line-tables-only"
                } else {
                    "debuginfo=0"
                },
            ),
        ] {
            arguments.extend([flag.into(), value.into()]);
        }
        arguments.extend(["--out-dir".into(), out.into()]);
        let mut dependencies = OsString::from("dependency=");
        dependencies.push(self.runtime.dependencies());
        arguments.extend(["-L".into(), dependencies]);
        arguments
    }

    /// Whether the submission is compiled on a facade of std.
    pub(crate) fn has_facade(&self) -> bool {
        self.exercise.tests.iter().any(|test| test.kind.has_facade())
    }

    /// Whether threads of the submission are the model's, so that it is the facade with them.
    pub(crate) fn is_modelled(&self) -> bool {
        self.exercise.tests.iter().any(|test| test.kind.is_modelled())
    }

    /// The arguments that link a crate with another one that it may use: tokio is the one whose tasks wait for their turns where
    /// the orders of tasks are explored.
    pub(crate) fn link_with(&self, name: &str) -> Vec<OsString> {
        let explored = self
            .exercise
            .tests
            .iter()
            .any(|test| test.kind == Kind::ExploreTasks);
        let library = match name {
            "tokio" if explored => "kata_tokio",
            name => name,
        };
        let library = self.runtime.library(library);
        library.iter().flat_map(|file| link_with(name, file)).collect()
    }

    /// Whether the program tells which line each of its calls comes from: for tests that answer with stacks.
    pub(crate) fn has_lines(&self) -> bool {
        self.exercise.tests.iter().any(|test| test.kind.is_async())
    }

    /// The arguments that link a crate with the facade, under the names that its sources have for it.
    pub(crate) fn facade(&self, names: &Names, references: References) -> Vec<OsString> {
        let library = if self.is_modelled() {
            references.library()
        } else {
            ASYNC_FACADE
        };
        let facade = self.runtime.library(library);
        facade.iter().flat_map(|facade| names.arguments(facade)).collect()
    }

    /// Runs the compiler in `folder`, where it finds its sources. It may also read `besides`, the libraries of the runtime and
    /// the toolchain, and write to `out`, in which it keeps its temporary files.
    pub(crate) async fn run(
        &self,
        arguments: Vec<OsString>,
        folder: &Path,
        besides: &[&Path],
        out: &Path,
    ) -> Result<Compiled, Error> {
        let variable = |name: &str| env::var_os(name).map(|value| (OsString::from(name), value));
        let program = Program {
            path: self.toolchain.rustc.clone(),
            args: arguments,
            // The linker is looked up on the path.
            env: [
                variable("PATH"),
                Some(("TMPDIR".into(), out.into())),
                Some(("LC_ALL".into(), "C".into())),
            ]
            .into_iter()
            .flatten()
            .collect(),
            cwd: folder.to_owned(),
            view: View {
                read: [folder, &self.toolchain.sysroot, self.runtime.folder()]
                    .iter()
                    .chain(besides)
                    .map(|path| path.to_path_buf())
                    .collect(),
                write: vec![out.to_owned()],
                // Rust's own linker finds its parts by it.
                proc: true,
            },
            network: Network::None,
            request: None,
            limits: LIMITS,
        };
        let ended = self.warden.run(&program, self.cancel).await?;
        outcome(&ended)
    }
}

/// The argument `--extern NAME=FILE`.
pub(crate) fn link_with(name: &str, library: &Path) -> [OsString; 2] {
    let mut value = OsString::from(format!("{name}="));
    value.push(library);
    ["--extern".into(), value]
}

/// The library file that the compiler makes of a crate.
pub(crate) fn library(out: &Path, name: &str) -> PathBuf {
    out.join(format!("lib{name}.rlib"))
}

fn outcome(ended: &Ended) -> Result<Compiled, Error> {
    let messages = diagnostics::read(&ended.stderr.bytes);
    let refuses = messages
        .iter()
        .any(|message| message.level == Level::Error && message.location.is_some());
    let no_answer = |why: String| Compiled::NoAnswer {
        why,
        by_itself: matches!(ended.how, How::Exited(_)),
        said: said(ended, &messages),
    };
    let compiled = match ended.how {
        How::Cancelled => return Err(Error::Interrupted),
        How::Exited(0) => Compiled::Done(messages),
        // A disk that is full speaks in an error too, but not about a line.
        How::Exited(_) if refuses => Compiled::Refused(messages),
        How::Exited(code) => no_answer(format!("the compiler gave up with exit code {code}")),
        How::Signalled(signal) => no_answer(format!("the compiler was ended by signal {signal}")),
        How::Stopped(Limit::Cpu) => no_answer(format!(
            "compiling it takes more than {} s of CPU time",
            LIMITS.cpu.as_secs()
        )),
        How::Stopped(Limit::Memory) => no_answer(TOO_MUCH_MEMORY.into()),
        How::Stopped(Limit::Output) if refuses => Compiled::Refused(messages),
        How::Stopped(Limit::Output | Limit::Reply) => {
            no_answer("the compiler says far too much about it".into())
        }
        How::Stopped(Limit::Processes) => no_answer("the compiler starts far too many threads for it".into()),
        How::Stopped(Limit::Stalled) => no_answer("the compiler stopped making progress".into()),
        How::Stopped(Limit::Starved) => no_answer("the machine is too busy to compile anything".into()),
    };
    Ok(compiled)
}

/// All of the compiler's words, messages first.
fn said(ended: &Ended, messages: &[Diagnostic]) -> String {
    let besides = diagnostics::said_besides(&ended.stderr.bytes);
    let rendered = messages.iter().map(|message| message.rendered.as_str());
    rendered
        .chain([besides.as_str()])
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}
