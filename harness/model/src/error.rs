use crate::engine::Source;

/// Why an exploration has no result. None of these is a verdict on the code under test.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// State outside the scenario would make one execution depend on the one before.
    #[error(
        "the {kind} made at {}:{} was used in more than one execution of the scenario: make it inside the scenario",
        created.file, created.line
    )]
    Outlived {
        /// The type of the object.
        kind: &'static str,
        /// Where it was made.
        created: Source,
    },
    /// An object of an exploration met one of the real world.
    #[error("the {kind} used at {}:{} was made outside the exploration that uses it, or inside and used outside: keep it on one side", used.file, used.line)]
    Foreign {
        /// The type of the object.
        kind: &'static str,
        /// Where it was used.
        used: Source,
    },
    /// An exploration was begun inside another one.
    #[error("a scenario cannot explore another scenario")]
    Nested,
    /// More threads than a scheduler keeps track of.
    #[error("starts more than {} threads in one test, and no machine of kata's has more", crate::engine::MAX_THREADS - 1)]
    TooManyThreads,
    /// The system gives no memory for a thread's stack.
    #[error("no memory for the stack of a thread: {0}")]
    NoStack(#[source] std::io::Error),
    /// The same schedule gave different traces, so no verdict can be trusted.
    #[error(
        "the scenario is not deterministic: {what}; something in it depends on the order of a `HashMap`, a random number or an address"
    )]
    Nondeterministic {
        /// What differed.
        what: String,
    },
}
