//! Takes a poisoned stock for lost, and puts an empty one in its place.

use std::sync::{Condvar, Mutex, MutexGuard};

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
        *self.locked()
    }

    pub fn change_stock<T, E>(&self, change: impl FnOnce(&mut Stock) -> Result<T, E>) -> Result<T, E> {
        let mut stock = self.locked();
        let before = *stock;
        let result = change(&mut stock);
        if result.is_err() {
            *stock = before;
        }
        result
    }

    fn locked(&self) -> MutexGuard<'_, Stock> {
        self.stock.lock().unwrap_or_else(|poisoned| {
            let mut stock = poisoned.into_inner();
            *stock = Stock { boards: 0, screws: 0 };
            self.stock.clear_poison();
            stock
        })
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
