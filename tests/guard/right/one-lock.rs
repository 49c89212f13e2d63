//! One lock for all, which whoever comes after a panic takes out of its poison, in `drop` as well.

use std::sync::{Condvar, Mutex, PoisonError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    pub boards: u32,
    pub screws: u32,
}

#[derive(Debug)]
pub struct Workshop {
    inside: Mutex<Inside>,
    freed: Condvar,
}

#[derive(Debug)]
struct Inside {
    free: usize,
    stock: Stock,
}

#[derive(Debug)]
pub struct Bench<'a> {
    workshop: &'a Workshop,
}

impl Workshop {
    pub fn new(benches: usize, stock: Stock) -> Self {
        Self {
            inside: Mutex::new(Inside { free: benches, stock }),
            freed: Condvar::new(),
        }
    }

    pub fn take_bench(&self) -> Bench<'_> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        while inside.free == 0 {
            inside = self.freed.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        inside.free -= 1;
        Bench { workshop: self }
    }

    pub fn free_benches(&self) -> usize {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner).free
    }

    pub fn stock(&self) -> Stock {
        let inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.stock
    }

    pub fn change_stock<T, E>(&self, change: impl FnOnce(&mut Stock) -> Result<T, E>) -> Result<T, E> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = inside.stock;
        let result = change(&mut changed)?;
        inside.stock = changed;
        Ok(result)
    }
}

impl Bench<'_> {
    pub fn leave(self) {}
}

impl Drop for Bench<'_> {
    fn drop(&mut self) {
        self.workshop
            .inside
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .free += 1;
        self.workshop.freed.notify_one();
    }
}
