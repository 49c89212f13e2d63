//! Where a task stopped: the stack of calls at the place where somebody noted how to wake it.

/// More frames than this are not kept.
pub const DEEPEST: usize = 64;

/// Return addresses, innermost first. What they mean, only whoever has the program can tell.
pub type Stack = Vec<usize>;

/// The stack of the caller.
pub(super) fn here() -> Stack {
    let mut stack = Vec::new();
    backtrace::trace(|frame| {
        stack.push(frame.ip().addr());
        stack.len() < DEEPEST
    });
    stack
}
