//! The threads of this process.
//!
//! The warden counts them in samples; a submission that starts hundreds in a loop may have failed, and panicked over
//! it, before the next one. So they are counted here as well: at each panic, and at the end of the test.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    io::Read,
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

/// Counts them. Without the heap: where no thread can be started any more, there may be no memory left either.
pub(crate) fn count() {
    let mut line = [0; 1024];
    let length = fs::File::open("/proc/self/stat").and_then(|mut file| file.read(&mut line));
    let threads = length.ok().and_then(|length| in_stat(&line[..length]));
    MOST.fetch_max(threads.unwrap_or(0), Ordering::Relaxed);
}

/// The number of threads in a line of `/proc/PID/stat`: the twentieth field, where the second, in brackets, may hold
/// anything (proc_pid_stat(5)).
fn in_stat(line: &[u8]) -> Option<usize> {
    let behind_name = line.iter().rposition(|byte| *byte == b')')? + 2;
    let field = line.get(behind_name..)?.split(|byte| *byte == b' ').nth(20 - 3)?;
    std::str::from_utf8(field).ok()?.parse().ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_threads_is_found_behind_any_name() {
        let line = b"7 (a) b (c) S 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 33 0 1 1 1\n";
        assert_eq!(in_stat(line), Some(33));
        assert_eq!(in_stat(b"7 (a"), None);
    }
}
