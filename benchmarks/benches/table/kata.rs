//! kata's explorer, as hidden tests run it.

use std::sync::atomic::Ordering::Relaxed;

use kata_model::{
    explore::{Config, Proof, explore},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
};

use crate::{EXECUTIONS, op};

include!("scenarios.rs");

/// Explores the scenario; the executions are those that led to the verdict.
pub(crate) fn run(place: usize) {
    let report = explore(&Config::default(), ALL[place]).expect("a scenario of this table can be judged");
    match report.verdict {
        Ok(proof) => {
            EXECUTIONS.store(report.executions, Relaxed);
            assert!(matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
        }
        Err(failure) => {
            EXECUTIONS.store(failure.found_at, Relaxed);
            panic!("{}", failure.message);
        }
    }
}
