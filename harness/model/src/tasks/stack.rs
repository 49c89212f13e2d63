//! Where a task stopped: the calls that led to the place where somebody noted how to wake it.

/// More calls than this are not kept.
const DEEPEST: usize = 128;

/// The calls, the innermost first, as addresses in the program's file. What they mean, only whoever has that can tell.
pub type Stack = Vec<u64>;

/// The stack of the caller.
pub(super) fn here() -> Stack {
    kata_calls::stack::capture(DEEPEST)
}
