//! Hidden tests under `cargo test`, for the teacher who writes them.

use kata_protocol::{Verdict, frame::Outcome};

use crate::{plain as plain_kind, virtual_time as virtual_time_kind};

/// Runs a plain hidden test; a failure is an ordinary panic with the message that a learner would see.
///
/// # Panics
///
/// When the test fails.
pub fn plain(body: impl FnOnce()) {
    told(&plain_kind::run(body));
}

/// Runs a hidden test on the paused clock, as [`plain()`] does.
///
/// # Panics
///
/// When the test fails.
pub fn virtual_time<F: Future<Output = ()>>(start: impl FnOnce() -> F) {
    told(&virtual_time_kind::run(start));
}

fn told(outcome: &Outcome) {
    if outcome.verdict != Verdict::Pass {
        panic!(
            "{}: {}",
            outcome.verdict,
            outcome.message.as_deref().unwrap_or("no message")
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{check, check_eq, fail};

    #[test]
    fn a_test_without_a_complaint_passes() {
        super::plain(|| check!(1 < 2, "one is less than two"));
    }

    #[test]
    #[should_panic(expected = "wrong_answer: one and one: expected 3, got 2")]
    fn a_failed_check_says_what_was_tried_expected_and_got() {
        super::plain(|| check_eq!(1 + 1, 3, "one and {}", "one"));
    }

    #[test]
    #[should_panic(expected = "wrong_answer: no")]
    fn a_test_can_fail_outright() {
        super::virtual_time(|| async { fail!("no") });
    }
}
