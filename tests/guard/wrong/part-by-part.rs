//! Keeps boards and screws each for itself and looks without the lock: a look may see the boards of now and the screws of before.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    pub boards: u32,
    pub screws: u32,
}

#[derive(Debug)]
pub struct Workshop {
    free: Mutex<usize>,
    freed: Condvar,
    boards: AtomicU32,
    screws: AtomicU32,
    changing: Mutex<()>,
}

#[derive(Debug)]
pub struct Bench<'a> {
    workshop: &'a Workshop,
}

impl Workshop {
    pub fn new(benches: usize, stock: Stock) -> Self {
        Self {
            free: Mutex::new(benches),
            freed: Condvar::new(),
            boards: AtomicU32::new(stock.boards),
            screws: AtomicU32::new(stock.screws),
            changing: Mutex::new(()),
        }
    }

    pub fn take_bench(&self) -> Bench<'_> {
        let mut free = self.free.lock().unwrap();
        while *free == 0 {
            free = self.freed.wait(free).unwrap();
        }
        *free -= 1;
        Bench { workshop: self }
    }

    pub fn free_benches(&self) -> usize {
        *self.free.lock().unwrap()
    }

    pub fn stock(&self) -> Stock {
        Stock {
            boards: self.boards.load(Ordering::SeqCst),
            screws: self.screws.load(Ordering::SeqCst),
        }
    }

    pub fn change_stock<T, E>(&self, change: impl FnOnce(&mut Stock) -> Result<T, E>) -> Result<T, E> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = self.stock();
        let result = change(&mut changed)?;
        self.boards.store(changed.boards, Ordering::SeqCst);
        self.screws.store(changed.screws, Ordering::SeqCst);
        Ok(result)
    }
}

impl Bench<'_> {
    pub fn leave(self) {}
}

impl Drop for Bench<'_> {
    fn drop(&mut self) {
        *self.workshop.free.lock().unwrap() += 1;
        self.workshop.freed.notify_one();
    }
}
