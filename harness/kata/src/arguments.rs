//! What the command line takes. The texts here are the `--help`.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{
    ArgGroup, Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use clap_complete::Shell;
use kata_course::Source;
use kata_protocol::Kind;

use crate::grading::Confine;

/// Exercises in concurrent programming: `kata next` says what to do, `kata check` says what is wrong.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// The folder of the course; otherwise the nearest one upward with a course.toml
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) course: Option<PathBuf>,

    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(crate) color: Colour,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The current kata: its task, the file to edit, what to run
    Next,
    /// Grade an exercise; without a name, the current one
    Check(Check),
    /// Grade on each save, until you quit
    Watch {
        /// The exercise; without a name, the current one
        slug: Option<String>,
    },
    /// The next hint, one more at each call
    Hint {
        /// The exercise; without a name, the current one
        slug: Option<String>,
    },
    /// The tracks, with what is done
    List {
        /// How to print it
        #[arg(long, value_enum, default_value_t = ListFormat::Human)]
        format: ListFormat,
    },
    /// A task again
    Show {
        /// The exercise; without a name, the current one
        slug: Option<String>,
    },
    /// The last failing schedule again, step by step
    Replay(Replay),
    /// Back to the starter; your version is kept aside
    Reset {
        /// The exercise
        slug: String,
    },
    /// The reference solution, once you have solved the exercise
    Solution {
        /// The exercise
        slug: String,
    },
    /// Write the course into a folder of your own
    Init {
        /// The folder, which is not there yet or is empty
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// For teachers: whether exercises grade what they claim, and new ones
    #[command(subcommand)]
    Course(CourseCommand),
    /// Print what completes kata's commands in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write one for each command
    Manual {
        /// The folder to write them to, such as `~/.local/share/man/man1`
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// What kata needs of this machine, and what to do about what is missing
    Doctor,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CourseCommand {
    /// Grade every submission of the course, and say where exercises do not grade what they claim
    Check(CourseCheck),
    /// Add an exercise, out of a template that grades what it claims
    New(CourseNew),
}

#[derive(Debug, Args)]
pub(crate) struct CourseNew {
    /// What it is called in paths and commands: lower-case letters, digits and `-`
    pub(crate) slug: String,

    /// How its tests are run
    #[arg(long, value_name = "KIND", default_value = "plain", value_parser = kind())]
    pub(crate) kind: Kind,

    /// Its name for people; otherwise the slug in words
    #[arg(long)]
    pub(crate) title: Option<String>,

    /// The id of its track; otherwise that of the last exercise
    #[arg(long, value_name = "ID")]
    pub(crate) track: Option<String>,
}

/// Reads the name of a kind, and lists all of them in the help.
fn kind() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name)).try_map(|name| name.parse::<Kind>())
}

#[derive(Debug, Args)]
pub(crate) struct CourseCheck {
    /// The exercises; without a name, all of them
    pub(crate) slugs: Vec<String>,

    /// Grade slightly wrong versions of each solution, and say which of them no test catches
    #[arg(long, conflicts_with = "repeat")]
    pub(crate) mutate: bool,

    /// Grade each submission so many times: each time it has to get the same result, to the byte
    #[arg(long, value_name = "N", default_value_t = NonZeroUsize::MIN)]
    pub(crate) repeat: NonZeroUsize,

    /// How to print the result
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("source").multiple(false))]
pub(crate) struct Check {
    /// The exercises; without a name, the current one
    pub(crate) slugs: Vec<String>,

    /// Every exercise of the course
    #[arg(long, conflicts_with = "slugs")]
    pub(crate) all: bool,

    /// Grade this file or folder in place of your own
    #[arg(long, group = "source", value_name = "PATH")]
    submission: Option<PathBuf>,

    /// Grade the reference solution
    #[arg(long, group = "source")]
    solution: bool,

    /// Grade the starter
    #[arg(long, group = "source")]
    starter: bool,

    /// Grade a wrong solution, which must fail
    #[arg(long, group = "source", value_name = "NAME")]
    wrong: Option<String>,

    /// Grade a right solution besides the reference
    #[arg(long, group = "source", value_name = "NAME")]
    right: Option<String>,

    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// Grade afresh even if nothing has changed
    #[arg(long)]
    pub(crate) no_cache: bool,

    /// The code is a stranger's: refuse where this machine does not confine it well (tiers A to C)
    #[arg(long)]
    untrusted: bool,

    /// Under limits only, without the other layers of the sandbox: for your own code, to compare
    #[arg(long, conflicts_with = "untrusted")]
    unconfined: bool,
}

impl Check {
    /// How it is confined.
    pub(crate) fn confine(&self) -> Confine {
        match self {
            Check { unconfined: true, .. } => Confine::LimitsOnly,
            Check { untrusted: true, .. } => Confine::ForStrangers,
            _ => Confine::AsGoodAsItGets,
        }
    }

    /// Whose files are graded.
    pub(crate) fn source(&self) -> Source {
        match self {
            Check {
                submission: Some(path),
                ..
            } => Source::Path(path.clone()),
            Check {
                wrong: Some(name), ..
            } => Source::Wrong(name.clone()),
            Check {
                right: Some(name), ..
            } => Source::Right(name.clone()),
            Check { solution: true, .. } => Source::Solution,
            Check { starter: true, .. } => Source::Starter,
            _ => Source::Learner,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// The exercise; without a name, the one that failed last
    pub(crate) slug: Option<String>,

    /// The test, where several failed; without a name, the first of them
    #[arg(long, value_name = "NAME")]
    pub(crate) test: Option<String>,

    /// How to show it
    #[arg(long, value_enum, default_value_t = ReplayFormat::Human)]
    pub(crate) format: ReplayFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A screen for people
    Human,
    /// One JSON object a line, one line an exercise
    Json,
    /// JUnit XML
    Junit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A screen for people
    Human,
    /// One JSON object
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReplayFormat {
    /// To walk through on a terminal; where there is none, as text
    Human,
    /// All of it as text, a block for each step
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
