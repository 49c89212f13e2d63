//! Keeps the lock of the count as long as the bench: it is given back on every way out, but who else could take one?

use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    pub boards: u32,
    pub screws: u32,
}

#[derive(Debug)]
pub struct Workshop {
    free: Mutex<usize>,
    stock: Mutex<Stock>,
}

#[derive(Debug)]
pub struct Bench<'a> {
    free: MutexGuard<'a, usize>,
}

impl Workshop {
    pub fn new(benches: usize, stock: Stock) -> Self {
        Self {
            free: Mutex::new(benches),
            stock: Mutex::new(stock),
        }
    }

    pub fn take_bench(&self) -> Bench<'_> {
        let mut free = self.free.lock().unwrap();
        *free -= 1;
        Bench { free }
    }

    pub fn free_benches(&self) -> usize {
        *self.free.lock().unwrap()
    }

    pub fn stock(&self) -> Stock {
        *self.stock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn change_stock<T, E>(&self, change: impl FnOnce(&mut Stock) -> Result<T, E>) -> Result<T, E> {
        let mut stock = self.stock.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = *stock;
        let result = change(&mut changed)?;
        *stock = changed;
        Ok(result)
    }
}

impl Bench<'_> {
    pub fn leave(self) {}
}

impl Drop for Bench<'_> {
    fn drop(&mut self) {
        *self.free += 1;
    }
}
