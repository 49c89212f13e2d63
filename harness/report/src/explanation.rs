//! What each verdict means to the learner who got it: which rule was broken, and what to try.

use kata_protocol::{Verdict, frame::NOT_THE_SAME_EACH_TIME};

/// A verdict in words. Code stands in backticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// Which rule was broken.
    pub(crate) rule: &'static str,
    /// Where to look, or what to do.
    pub(crate) advice: &'static str,
}

/// What a panic says when it comes from a `todo!()`.
const TODO: &str = "not yet implemented";

/// What the message of a panic shows where a lock was poisoned, and where a channel had lost its other end.
const POISON: &str = "`Err` value: PoisonError";
const GONE: [&str; 2] = ["`Err` value: RecvError", "`Err` value: SendError"];

/// Whether a test could not be judged for a reason that lies in the code, and not in this machine.
pub(crate) fn is_of_the_code(verdict: Verdict, message: Option<&str>) -> bool {
    verdict == Verdict::HarnessError
        && message.is_some_and(|message| message.starts_with(NOT_THE_SAME_EACH_TIME))
}

/// Explains a verdict; `message` is the test's, for the one case that reads differently with it. There is
/// nothing to explain about a pass, nor about a wrong answer: there the test's own message says it.
pub(crate) fn explain(verdict: Verdict, message: Option<&str>) -> Option<Explanation> {
    let (rule, advice) = match verdict {
        Verdict::Pass | Verdict::WrongAnswer => return None,
        Verdict::Race | Verdict::Panic if message.is_some_and(|message| message.contains(POISON)) => (
            "A thread panicked while it held this lock, so whoever takes it afterwards gets an `Err`.",
            "Let nothing panic under a lock; or see to it that what is in there is in order whatever happens, and take it out of the error with `into_inner`.",
        ),
        Verdict::Race | Verdict::Panic
            if message.is_some_and(|message| GONE.iter().any(|gone| message.contains(gone))) =>
        {
            (
                "The other end of this channel is gone, so there is nobody to send to, or to hear from.",
                "Look who had that end and why they dropped it: they may have panicked, or returned too early. Where that may happen, an `Err` is an answer like any other.",
            )
        }
        Verdict::Race => (
            "It passes under some schedules and fails under others: the result depends on who goes first.",
            "Follow the schedule to the first step that should not have come when it did: two steps may have been torn apart, such as a read and the write that builds on it, or one came before what it should have waited for.",
        ),
        Verdict::Deadlock => (
            "Everything waits, and nothing is left that could wake it.",
            "Look for two locks that are taken in opposite orders, a channel whose sender is still held, or a join of a thread that waits for you.",
        ),
        Verdict::Livelock => (
            "It runs for ever without getting anywhere.",
            "Look for a loop that tries again and again without waiting for something to change.",
        ),
        Verdict::TooSlow => (
            "It takes longer than the task allows. Time is counted in steps here, not on a clock: a slow machine is not the reason.",
            "Look for what happens one after the other and could overlap: a wait or a join before the next has begun, work that is done while a lock is held, shares of unequal size.",
        ),
        Verdict::BlocksEventLoop => (
            "A call blocked the thread that the event loop runs on, so every other task stood still.",
            "Use the async form of the call, move it to `spawn_blocking`, or give way between the pieces of long work.",
        ),
        Verdict::Panic if message.is_some_and(|message| message.contains(TODO)) => (
            "A `todo!()` is still in the code.",
            "Put your own code in its place: this is where you begin.",
        ),
        Verdict::Panic => (
            "The code panicked.",
            "An `unwrap`, an index past the end and an overflow are the usual reasons.",
        ),
        Verdict::TimeLimit => (
            "It did not come to an end, and was stopped at the time limit.",
            "Look for a loop whose condition never changes, or for a wait that nothing ends: a join, a lock, a channel whose sender is still held.",
        ),
        Verdict::MemoryLimit => (
            "It asked for more memory than the limit allows.",
            "Look for a collection that only grows, or for a capacity that is computed wrongly.",
        ),
        Verdict::OutputLimit => (
            "It printed more than the limit allows.",
            "Look for a `println!` in a loop that does not end.",
        ),
        Verdict::ProcessLimit => (
            "It started more threads or processes than the limit allows.",
            "Look for a spawn in a loop that does not end, or start fewer at once and wait for them.",
        ),
        Verdict::Crash => (
            "The process was killed by a signal.",
            "The usual reasons are a recursion without an end, which overflows the stack, a panic in a `drop` that runs because of another panic, and `abort`.",
        ),
        Verdict::EarlyExit => (
            "The process ended before its test did.",
            "Is there a `process::exit`? Return from the function instead, and the test goes on.",
        ),
        Verdict::Forged => (
            "The grader got an answer that is not the test's own, so the test does not count.",
            "Take out what writes to files or sockets that your code did not open itself.",
        ),
        Verdict::Leak => (
            "Threads or processes were still running when the test was over.",
            "Join each thread and wait for each process before you return; tell a thread in the background to stop.",
        ),
        Verdict::CompileError => (
            "The compiler does not accept the code yet, so no test has run.",
            "Begin with the first error: later ones often follow from it.",
        ),
        Verdict::Rejected => (
            "The code breaks a rule of this exercise, so no test has run.",
            "Do it without what is named here; the task says what is allowed.",
        ),
        Verdict::HarnessError if is_of_the_code(verdict, message) => (
            "Only what repeats itself can be tried under one schedule after the other, so this test says nothing yet. It costs no points.",
            "Take a `BTreeMap` where the order of a `HashMap` makes a difference, and do without random numbers and addresses. If it is not your code that does it, show this screen to your teacher.",
        ),
        Verdict::HarnessError => (
            "This is a fault of kata or of the course, not of your code. It costs no points.",
            "Check again. If it comes back, `kata doctor` says what is wrong with this machine; otherwise show this screen to your teacher.",
        ),
    };
    Some(Explanation { rule, advice })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_but_two_is_explained() {
        let silent: Vec<_> = Verdict::ALL
            .into_iter()
            .filter(|verdict| explain(*verdict, None).is_none())
            .collect();
        assert_eq!(silent, [Verdict::Pass, Verdict::WrongAnswer]);
    }

    #[test]
    fn code_that_does_not_repeat_itself_is_no_fault_of_the_machine() {
        let message = format!("{NOT_THE_SAME_EACH_TIME}: it takes another course");
        let explained = explain(Verdict::HarnessError, Some(&message));
        assert_ne!(explained, explain(Verdict::HarnessError, None));
        assert!(explained.is_some_and(|explained| explained.advice.contains("BTreeMap")));
    }

    #[test]
    fn a_panic_that_follows_from_another_is_told_so() {
        let rule = |message| explain(Verdict::Panic, Some(message)).unwrap().rule;
        assert!(
            rule("called `Result::unwrap()` on an `Err` value: PoisonError { .. }")
                .contains("held this lock")
        );
        assert!(rule("called `Result::unwrap()` on an `Err` value: SendError { .. }").contains("channel"));
        assert_eq!(rule("index out of bounds"), "The code panicked.");
    }

    #[test]
    fn a_todo_that_is_still_there_is_no_accident() {
        let todo = explain(Verdict::Panic, Some("not yet implemented: gather"));
        assert_ne!(todo, explain(Verdict::Panic, Some("index out of bounds")));
        assert_ne!(todo, None);
    }
}
