//! What panicked, and where, whoever caught it.
//!
//! A panic hook of ours notes each panic of the process. The payload alone does not say where a panic came
//! from, and a panic in a thread or a task that the learner started may never reach the test at all.

use std::{
    any::Any,
    panic::{PanicHookInfo, set_hook},
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, ThreadId},
};

use kata_calls::stack;
use kata_protocol::{
    Location, Verdict,
    frame::{NOTES_CAP, Outcome, STACK_DEPTH_CAP, Stacks},
};

use crate::check::Failure;

/// A panic that happened in this process.
#[derive(Clone, Debug)]
struct Panic {
    thread: ThreadId,
    name: Option<String>,
    message: String,
    location: Option<Location>,
    /// Where it came from, if it is not said by its location.
    stack: Vec<u64>,
}

/// More panics than this are not noted: a loop of them must not fill the memory.
const NOTED_CAP: usize = 1000;

static NOTED: Mutex<Vec<Panic>> = Mutex::new(Vec::new());

/// Where the learner's files are, as the compiler was told: `exercises/<slug>/`.
static LEARNERS: OnceLock<&'static str> = OnceLock::new();

/// Notes every panic from now on, and prints each in one line on standard error. The line carries no thread
/// id, which differs from run to run.
pub(crate) fn note_all(learners_files: &'static str) {
    LEARNERS.get_or_init(|| learners_files);
    set_hook(Box::new(|info| {
        if info.payload().is::<Failure>() {
            return;
        }
        let panic = Panic::from_hook(info);
        let whose = panic
            .name
            .as_deref()
            .map_or("a thread".to_owned(), |name| format!("thread `{name}`"));
        match &panic.location {
            _ if QUIET.load(Ordering::Relaxed) => {}
            Some(at) => eprintln!("{whose} panicked at {at}: {}", panic.message),
            None => eprintln!("{whose} panicked: {}", panic.message),
        }
        let mut noted = noted();
        if noted.len() < NOTED_CAP {
            noted.push(panic);
        }
    }));
}

/// Whether panics are noted without a word: a test that is run again and again would print them again and again.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Runs `body` without printing its panics.
pub(crate) fn quietly<R>(body: impl FnOnce() -> R) -> R {
    QUIET.store(true, Ordering::Relaxed);
    let result = body();
    QUIET.store(false, Ordering::Relaxed);
    result
}

/// Forgets the panics so far: what follows is a new run.
pub(crate) fn forget() {
    noted().clear();
}

/// The outcome of a test that panicked with `payload` on the calling thread.
pub(crate) fn outcome(payload: &(dyn Any + Send)) -> Outcome {
    let here = thread::current().id();
    if let Some(failure) = payload.downcast_ref::<Failure>() {
        let mut outcome = Outcome::fail(failure.verdict, failure.message.clone());
        outcome.notes = notes(None);
        return outcome;
    }
    let last = noted().iter().rposition(|panic| panic.thread == here);
    let at = last.and_then(|last| noted()[last].location.clone());
    let text = text(payload);
    match at {
        Some(at) if is_learners(&at) => Outcome {
            location: Some(at.clone()),
            notes: notes(last),
            ..Outcome::fail(Verdict::Panic, format!("panicked at {at}: {text}"))
        },
        // The test could not go on with what it was given: `unwrap` on the learner's `Err`, say.
        Some(at) if is_tests(&at) => Outcome {
            notes: notes(last),
            ..Outcome::fail(Verdict::WrongAnswer, text)
        },
        _ => {
            let mut stacks = Stacks::default();
            let stack = last.and_then(|last| stacks.number(noted()[last].stack.clone()));
            Outcome {
                notes: notes(last),
                stacks: stacks.into_inner(),
                stack,
                ..Outcome::fail(Verdict::Panic, format!("panicked: {text}"))
            }
        }
    }
}

/// The learner's panics but for the one that `outcome` tells already; sorted, for threads panic in any order.
fn notes(told: Option<usize>) -> Vec<String> {
    let mut notes: Vec<String> = noted()
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != told)
        .filter_map(|(_, panic)| {
            let at = panic.location.as_ref().filter(|at| is_learners(at))?;
            Some(format!("a panic at {at}: {}", panic.message))
        })
        .collect();
    notes.sort();
    notes.dedup();
    notes.truncate(NOTES_CAP);
    notes
}

pub(crate) fn is_learners(at: &Location) -> bool {
    LEARNERS.get().is_some_and(|prefix| at.file.starts_with(prefix))
}

/// Whether it is in the hidden tests, as the compiler was told.
fn is_tests(at: &Location) -> bool {
    at.file.starts_with("tests/")
}

fn noted() -> MutexGuard<'static, Vec<Panic>> {
    NOTED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Panic {
    fn from_hook(info: &PanicHookInfo) -> Panic {
        let thread = thread::current();
        let location = info.location().map(|at| Location {
            file: at.file().to_owned(),
            line: at.line(),
            column: at.column(),
        });
        // A library's own line says little: who called it does.
        let is_known = location
            .as_ref()
            .is_some_and(|at| is_learners(at) || is_tests(at));
        Panic {
            stack: if is_known {
                Vec::new()
            } else {
                stack::capture(STACK_DEPTH_CAP)
            },
            thread: thread.id(),
            name: thread.name().map(str::to_owned),
            message: text(info.payload()),
            location,
        }
    }
}

/// The text of a panic's payload, which `panic!` makes a `&str` or a `String`.
fn text(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "(a payload that is no text)".to_owned()
    }
}
