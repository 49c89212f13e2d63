//! The assertions of hidden tests. They count themselves, and what they say reaches the learner.

use std::{
    panic::panic_any,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use kata_protocol::Verdict;

use crate::{mode::Mode, timeline};

static EVALUATED: AtomicU32 = AtomicU32::new(0);

/// Why a test failed: the payload of the panic that ends it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Usually `wrong_answer`.
    pub verdict: Verdict,
    /// What is wrong, for the learner.
    pub message: String,
}

/// Failures on the model with another verdict than `wrong_answer`, by their texts.
static SPECIAL: Mutex<Vec<(String, Verdict)>> = Mutex::new(Vec::new());

fn special() -> MutexGuard<'static, Vec<(String, Verdict)>> {
    SPECIAL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The verdict of a failed check whose text the model has kept, where it is not `wrong_answer`.
pub(crate) fn special_verdict(message: &str) -> Option<Verdict> {
    let special = special();
    let (_, verdict) = special.iter().find(|(text, _)| text == message)?;
    Some(*verdict)
}

/// How many assertions this process has evaluated.
pub(crate) fn evaluated() -> u32 {
    EVALUATED.load(Ordering::Relaxed)
}

#[doc(hidden)]
pub fn count() {
    EVALUATED.fetch_add(1, Ordering::Relaxed);
}

#[doc(hidden)]
#[track_caller]
pub fn fail_with(verdict: Verdict, message: String) -> ! {
    if Mode::now().is_modelled() {
        // The model keeps the text of a panic, and where it was; the verdict is kept here.
        if verdict != Verdict::WrongAnswer {
            special().push((message.clone(), verdict));
        }
        panic!("{message}");
    }
    timeline::is_over();
    panic_any(Failure { verdict, message })
}

/// Fails the test with a message: `fail!("the server saw {n} requests")`.
#[macro_export]
macro_rules! fail {
    ($($message:tt)+) => {{
        $crate::count();
        $crate::fail_with($crate::Verdict::WrongAnswer, ::std::format!($($message)+))
    }};
}

/// Fails the test with the message unless the condition holds. The message is not optional: a learner does
/// not see the test, and `assertion failed: x` says nothing.
///
/// ```
/// use kata_test::prelude::*;
/// let seen = 3;
/// check!(seen <= 3, "at most 3 at a time are allowed, and {seen} ran");
/// ```
#[macro_export]
macro_rules! check {
    ($condition:expr, $($message:tt)+) => {{
        $crate::count();
        if !$condition {
            $crate::fail_with($crate::Verdict::WrongAnswer, ::std::format!($($message)+));
        }
    }};
}

/// Fails the test unless what the learner's code gave equals what is right:
/// `check_eq!(got, expected)`, or with what was tried: `check_eq!(got, expected, "three jobs of {n} s")`.
///
/// ```
/// use kata_test::prelude::*;
/// check_eq!(1 + 1, 2, "one and one");
/// ```
#[macro_export]
macro_rules! check_eq {
    ($got:expr, $expected:expr $(,)?) => {
        match (&$got, &$expected) {
            (got, expected) => {
                $crate::check!(*got == *expected, "expected {expected:?}, got {got:?}")
            }
        }
    };
    ($got:expr, $expected:expr, $($tried:tt)+) => {
        match (&$got, &$expected) {
            (got, expected) => {
                $crate::check!(
                    *got == *expected,
                    "{}: expected {expected:?}, got {got:?}",
                    ::std::format!($($tried)+)
                )
            }
        }
    };
}
