//! What a check found. Screens, JSON and JUnit are functions of a [`Report`] and of nothing else, so they
//! cannot disagree.

use serde::{Deserialize, Serialize};

use crate::{
    Kind, Location, Verdict,
    measure::Measure,
    program::Process,
    tasks::Turns,
    timeline::Timeline,
    trace::{Proof, Trace},
};

/// The outcome of one check of one exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The exercise's slug.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// `pass`, or the verdict of the first test, in the course's order, that did not pass.
    pub verdict: Verdict,
    /// Points of the tests that passed.
    pub points: u32,
    /// Points of all tests.
    pub max_points: u32,
    /// One entry per test, in the course's order; empty when the submission was rejected or does not compile.
    pub tests: Vec<TestReport>,
    /// What the rules and the compiler say.
    pub diagnostics: Vec<Diagnostic>,
    /// Why nothing is proved of this submission, where there is more to it than the number of schedules.
    #[serde(default)]
    pub unproved: Option<Unproved>,
    /// The file that the learner edits, relative to the course: where a screen points when nothing better is known.
    pub file: String,
    /// How many hints the exercise has.
    pub hints: usize,
    /// How the submission was confined.
    pub sandbox: Sandbox,
    /// Whether this answer comes from the cache of results.
    pub cached: bool,
    /// How long each phase took; empty for a cached answer.
    pub phases_ms: Phases,
}

impl Report {
    /// Whether something in it is the harness's fault, so that it is no answer.
    pub fn is_fault_of_harness(&self) -> bool {
        let of_tests = self.tests.iter().map(|test| test.verdict);
        of_tests
            .chain([self.verdict])
            .any(|verdict| verdict == Verdict::HarnessError)
    }
}

/// Something that a submission or its tests do and that no exploration of theirs covers: what passes was tried in samples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unproved {
    /// What it is.
    pub why: Why,
    /// The name by which it is known: `upgrade`, `Drop`.
    pub word: String,
    /// Where it stands; `None` for the hidden tests.
    pub location: Option<Location>,
}

/// What is not covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Something depends on how many references there are to a shared value.
    Looked,
    /// Something happens when the last reference is dropped, by whichever thread.
    Dropped,
    /// Memory may be shared that is none of the model's.
    Unsafe,
}

/// The outcome of one hidden test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestReport {
    /// The test's name, from `course.toml`.
    pub name: String,
    /// How it was run.
    pub kind: Kind,
    /// How it ended.
    pub verdict: Verdict,
    /// `max_points` for a pass, else 0.
    pub points: u32,
    /// What it is worth.
    pub max_points: u32,
    /// What went wrong, in a sentence or two.
    pub message: Option<String>,
    /// The teacher's line for a learner whose submission fails here; `None` for a pass.
    pub feedback: Option<String>,
    /// Where in the learner's code, when that is known.
    pub location: Option<Location>,
    /// More that helps: other threads' panics, where each thread stood.
    pub notes: Vec<String>,
    /// How sure a pass is, for a test that explores schedules.
    #[serde(default)]
    pub proof: Option<Proof>,
    /// The steps of all executions that it took.
    #[serde(default)]
    pub steps: Option<u64>,
    /// What happened under the schedule that fails.
    #[serde(default)]
    pub trace: Option<Box<Trace>>,
    /// What happened in the order of tasks that fails.
    #[serde(default)]
    pub turns: Option<Box<Turns>>,
    /// What was under way when, in a test in virtual time that fails.
    #[serde(default)]
    pub timeline: Option<Box<Timeline>>,
    /// The processes of the learner's program in the run that fails, in the order in which they began.
    #[serde(default)]
    pub processes: Vec<Process>,
    /// What was measured on the ideal machine.
    #[serde(default)]
    pub measured: Option<Box<Measure>>,
    /// What the process printed. For the screen only: what a program prints may differ from run to run.
    pub output: Output,
}

/// What a test's process printed, each stream up to its limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Standard output.
    pub stdout: Stream,
    /// Standard error.
    pub stderr: Stream,
}

/// One captured stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    /// The text, with control characters removed.
    pub text: String,
    /// Whether the process printed more than the limit, so that the rest is missing.
    pub cut: bool,
}

/// A message of the rules or of the compiler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// The compiler's code, such as `E0382`, or the name of the rule.
    pub code: Option<String>,
    /// The message in one line.
    pub message: String,
    /// Where, when that is known.
    pub location: Option<Location>,
    /// The whole message with source lines and carets, without colours.
    pub rendered: String,
}

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The submission cannot be run.
    Error,
    /// It can, and this looks wrong.
    Warning,
}

/// How well the machine confines a submission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Sandbox {
    /// `A` (best) to `D` (limits only: a self-check).
    pub tier: String,
    /// The layers that were put up around everything of the submission that ran, from the outside in.
    pub layers: Vec<String>,
}

/// Milliseconds of real time per phase of a check. For people; no verdict reads them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Phases {
    /// Taking the submission's files and checking them against the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intake: Option<u64>,
    /// Making the runtime ready: nothing but a look at the cache after the first check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime: Option<u64>,
    /// Type check and code of the submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compile: Option<u64>,
    /// Linking the hidden tests against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<u64>,
    /// Running the tests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<u64>,
}
