//! shuttle's depth-first search.

use shuttle::{
    Config, FailurePersistence, Runner,
    scheduler::DfsScheduler,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
};

use crate::{CAP, execution, op};

include!("scenarios.rs");

pub(crate) fn run(place: usize) {
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::None;
    let executions = usize::try_from(CAP).expect("a small number");
    let search = DfsScheduler::new(Some(executions), false);
    Runner::new(search, config).run(move || {
        execution();
        ALL[place]();
    });
}
