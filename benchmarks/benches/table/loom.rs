//! loom.

use loom::{
    model::Builder,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
};

use crate::{CAP, execution, op};

include!("scenarios.rs");

pub(crate) fn run(place: usize) {
    let mut builder = Builder::new();
    builder.max_permutations = usize::try_from(CAP).ok();
    builder.check(move || {
        execution();
        ALL[place]();
    });
}
