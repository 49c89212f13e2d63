//! The threads of this process.

use std::{collections::BTreeSet, ffi::OsString, fs};

/// The threads that exist, by their numbers; none where there is no way to know.
pub(crate) fn alive() -> BTreeSet<OsString> {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads.map(|thread| thread.file_name()).collect()
}
