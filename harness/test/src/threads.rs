//! The threads of this process.
//!
//! The warden counts them in samples; a submission that starts hundreds in a loop may have failed, and panicked over
//! it, before the next one. So they are counted here as well: at each panic, and at the end of the test.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    sync::atomic::{AtomicUsize, Ordering},
};

use kata_protocol::{Verdict, frame::Outcome};

/// The most that were seen at once.
static MOST: AtomicUsize = AtomicUsize::new(0);

/// The threads that exist, by their numbers; none where there is no way to know.
pub(crate) fn alive() -> BTreeSet<OsString> {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads.map(|thread| thread.file_name()).collect()
}

/// Counts them.
pub(crate) fn count() {
    let threads = fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
    MOST.fetch_max(threads, Ordering::Relaxed);
}

/// The outcome of a test that may run `limit` threads at once.
pub(crate) fn within(limit: u32, outcome: Outcome) -> Outcome {
    count();
    if MOST.load(Ordering::Relaxed) <= limit as usize {
        return outcome;
    }
    Outcome::fail(
        Verdict::ProcessLimit,
        kata_protocol::frame::too_many_threads(limit),
    )
}
