/// What a check is doing, for whoever shows progress. No verdict depends on these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Another process builds the runtime; this one waits for it.
    WaitingForRuntime,
    /// The runtime is being built, once per toolchain.
    BuildingRuntime {
        /// Packages that are done.
        done: usize,
        /// All packages.
        total: usize,
    },
    /// The runtime is ready for this and every later check.
    RuntimeBuilt,
    /// The submission is being compiled.
    Compiling {
        /// The exercise.
        slug: String,
    },
    /// The tests are running.
    Running {
        /// The exercise.
        slug: String,
        /// Tests that have ended.
        done: usize,
        /// All tests.
        total: usize,
    },
}
