//! A token for each bench, in a channel: whoever holds a bench holds its token, and `drop` sends it back.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    pub boards: u32,
    pub screws: u32,
}

#[derive(Debug)]
pub struct Workshop {
    free: AtomicUsize,
    tokens: Mutex<Receiver<()>>,
    back: Sender<()>,
    stock: Mutex<Stock>,
}

#[derive(Debug)]
pub struct Bench<'a> {
    workshop: &'a Workshop,
}

impl Workshop {
    pub fn new(benches: usize, stock: Stock) -> Self {
        let (back, tokens) = mpsc::channel();
        for _ in 0..benches {
            back.send(()).unwrap();
        }
        Self {
            free: AtomicUsize::new(benches),
            tokens: Mutex::new(tokens),
            back,
            stock: Mutex::new(stock),
        }
    }

    pub fn take_bench(&self) -> Bench<'_> {
        // Whoever waits here holds the lock, and nobody needs it who does not wait as well.
        self.tokens.lock().unwrap().recv().unwrap();
        self.free.fetch_sub(1, Ordering::SeqCst);
        Bench { workshop: self }
    }

    pub fn free_benches(&self) -> usize {
        self.free.load(Ordering::SeqCst)
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
        self.workshop.free.fetch_add(1, Ordering::SeqCst);
        // The other end lives as long as the workshop.
        let _ = self.workshop.back.send(());
    }
}
