//! Counts the bench as free again, and wakes nobody who waits for one.

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
    }
}
