//! Panics of model threads: counted per thread, kept for the report, and not printed.
//!
//! The real count of panics belongs to the operating-system thread that all model threads share, so it cannot say
//! which of them unwinds. The hook can: it runs on the thread that panics.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, PanicHookInfo},
    sync::Once,
};

use super::{Panic, Place, active, with};

/// Installs the hook, once per process. Panics outside of explorations go to the hook that was there before.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if active() {
                note(info);
            } else {
                previous(info);
            }
        }));
    });
}

fn note(info: &PanicHookInfo<'_>) {
    let message = message(info.payload());
    let source = info.location().map(|location| Place {
        file: location.file().to_owned(),
        line: location.line(),
        column: location.column(),
    });
    with(|execution| {
        let thread = execution.running;
        execution.thread().panics += 1;
        execution.panics.push(Panic {
            thread,
            message,
            source,
        });
    });
}

/// The text of a panic, or what stands for a payload that is no text.
pub(crate) fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a value that is no text".to_owned())
}

/// Whether the calling model thread is unwinding.
pub(crate) fn unwinding() -> bool {
    with(|execution| execution.thread().panics > 0)
}

/// `catch_unwind` with the thread's own count of panics.
pub(crate) fn catch<R>(body: impl FnOnce() -> R) -> std::thread::Result<R> {
    let before = with(|execution| execution.thread().panics);
    let result = std::panic::catch_unwind(AssertUnwindSafe(body));
    with(|execution| execution.thread().panics = before);
    result
}

/// `resume_unwind` with the thread's own count of panics.
pub(crate) fn resume(payload: Box<dyn Any + Send>) -> ! {
    with(|execution| {
        let thread = execution.running;
        execution.thread().panics += 1;
        execution.panics.push(Panic {
            thread,
            message: message(&*payload),
            source: None,
        });
    });
    std::panic::resume_unwind(payload)
}
