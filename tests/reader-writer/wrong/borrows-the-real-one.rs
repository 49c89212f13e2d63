//! Is the lock of the library behind another name.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

#[derive(Debug, Default)]
pub struct Gate {
    lock: RwLock<()>,
    writers_waiting: AtomicUsize,
}

#[derive(Debug)]
pub struct Reading<'a> {
    _guard: RwLockReadGuard<'a, ()>,
}

#[derive(Debug)]
pub struct Writing<'a> {
    _guard: RwLockWriteGuard<'a, ()>,
}

impl Gate {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn read(&self) -> Reading<'_> {
        Reading {
            _guard: self.lock.read().unwrap(),
        }
    }

    pub fn write(&self) -> Writing<'_> {
        self.writers_waiting.fetch_add(1, Ordering::SeqCst);
        let guard = self.lock.write().unwrap();
        self.writers_waiting.fetch_sub(1, Ordering::SeqCst);
        Writing { _guard: guard }
    }

    pub fn writers_waiting(&self) -> usize {
        self.writers_waiting.load(Ordering::SeqCst)
    }
}
