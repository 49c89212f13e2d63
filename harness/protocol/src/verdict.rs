use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The outcome of a test, and of a check as a whole. The names are stable: they stand in JSON, in
/// `course.toml` and on screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The test's own frame says so, and its process then ended cleanly.
    Pass,
    /// An assertion of the test does not hold.
    WrongAnswer,
    /// The scenario fails under some schedules and passes under others.
    Race,
    /// Everything waits, and nothing can ever wake it.
    Deadlock,
    /// It runs for ever without getting anywhere.
    Livelock,
    /// A timing check, in logical units, is not met.
    TooSlow,
    /// A blocking call, or work without a yield, on the runtime's own thread.
    BlocksEventLoop,
    /// The learner's code panicked.
    Panic,
    /// The limit of CPU time, or of time without progress, was reached.
    TimeLimit,
    /// More memory was asked for than the limit allows.
    MemoryLimit,
    /// More was printed than the limit allows.
    OutputLimit,
    /// More processes or threads were started than the limit allows.
    ProcessLimit,
    /// The process was ended by a signal.
    Crash,
    /// The process ended before its test did.
    EarlyExit,
    /// An answer that is not the test's own.
    Forged,
    /// Threads or processes were left behind.
    Leak,
    /// The compiler does not accept the submission.
    CompileError,
    /// The submission breaks a rule of the exercise.
    Rejected,
    /// A fault of the harness or of the course, never of the learner. It costs no points.
    HarnessError,
}

impl Verdict {
    /// Every verdict, in the order of the documentation.
    pub const ALL: [Verdict; 19] = [
        Verdict::Pass,
        Verdict::WrongAnswer,
        Verdict::Race,
        Verdict::Deadlock,
        Verdict::Livelock,
        Verdict::TooSlow,
        Verdict::BlocksEventLoop,
        Verdict::Panic,
        Verdict::TimeLimit,
        Verdict::MemoryLimit,
        Verdict::OutputLimit,
        Verdict::ProcessLimit,
        Verdict::Crash,
        Verdict::EarlyExit,
        Verdict::Forged,
        Verdict::Leak,
        Verdict::CompileError,
        Verdict::Rejected,
        Verdict::HarnessError,
    ];

    /// The stable name, as in JSON and in `course.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::WrongAnswer => "wrong_answer",
            Verdict::Race => "race",
            Verdict::Deadlock => "deadlock",
            Verdict::Livelock => "livelock",
            Verdict::TooSlow => "too_slow",
            Verdict::BlocksEventLoop => "blocks_event_loop",
            Verdict::Panic => "panic",
            Verdict::TimeLimit => "time_limit",
            Verdict::MemoryLimit => "memory_limit",
            Verdict::OutputLimit => "output_limit",
            Verdict::ProcessLimit => "process_limit",
            Verdict::Crash => "crash",
            Verdict::EarlyExit => "early_exit",
            Verdict::Forged => "forged",
            Verdict::Leak => "leak",
            Verdict::CompileError => "compile_error",
            Verdict::Rejected => "rejected",
            Verdict::HarnessError => "harness_error",
        }
    }

    /// Whether the submission passed.
    pub const fn is_pass(self) -> bool {
        matches!(self, Verdict::Pass)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text is no verdict.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownVerdict(pub String);

impl fmt::Display for UnknownVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no verdict", self.0)
    }
}

impl std::error::Error for UnknownVerdict {}

impl FromStr for Verdict {
    type Err = UnknownVerdict;

    fn from_str(text: &str) -> Result<Self, UnknownVerdict> {
        Verdict::ALL
            .into_iter()
            .find(|verdict| verdict.name() == text)
            .ok_or_else(|| UnknownVerdict(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_text_and_in_json() {
        for verdict in Verdict::ALL {
            assert_eq!(verdict.name().parse(), Ok(verdict));
            assert_eq!(serde_json::to_string(&verdict).unwrap(), format!("\"{verdict}\""));
        }
    }

    #[test]
    fn only_pass_passes() {
        assert_eq!(
            Verdict::ALL.iter().filter(|v| v.is_pass()).count(),
            1,
            "a verdict that passes by accident is the worst bug there is"
        );
    }
}
