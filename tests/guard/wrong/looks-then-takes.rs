//! Sees under the lock that a bench is free, and takes it under the lock, but not under the same.

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
    stock: Mutex<Stock>,
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
            stock: Mutex::new(stock),
        }
    }

    pub fn take_bench(&self) -> Bench<'_> {
        drop(
            self.freed
                .wait_while(self.free.lock().unwrap(), |free| *free == 0)
                .unwrap(),
        );
        let mut free = self.free.lock().unwrap();
        *free = free.saturating_sub(1);
        Bench { workshop: self }
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
        *self.workshop.free.lock().unwrap() += 1;
        self.workshop.freed.notify_one();
    }
}
