//! A workshop whose benches and stock are left in order on every way out.

use std::sync::{Condvar, Mutex, PoisonError};

/// What is on the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Boards.
    pub boards: u32,
    /// Screws.
    pub screws: u32,
}

/// A few benches, each for one at a time, and one stock for all.
///
/// ```
/// use guard::{Stock, Workshop};
///
/// fn build_a_stool(workshop: &Workshop) -> Result<u32, String> {
///     let _bench = workshop.take_bench();
///     workshop.change_stock(|stock| {
///         stock.boards = stock.boards.checked_sub(1).ok_or("out of boards")?;
///         stock.screws = stock.screws.checked_sub(4).ok_or("out of screws")?;
///         Ok(stock.boards)
///     })
/// }
///
/// let workshop = Workshop::new(2, Stock { boards: 10, screws: 6 });
/// assert_eq!(build_a_stool(&workshop), Ok(9));
/// assert_eq!(build_a_stool(&workshop), Err("out of screws".to_owned()));
///
/// // The second stool came to nothing: its bench is free again, and its board is back.
/// assert_eq!(workshop.free_benches(), 2);
/// assert_eq!(workshop.stock(), Stock { boards: 9, screws: 2 });
/// ```
#[derive(Debug)]
pub struct Workshop {
    free: Mutex<usize>,
    freed: Condvar,
    stock: Mutex<Stock>,
}

/// A bench that is taken.
#[derive(Debug)]
#[must_use = "a bench that nobody holds is given back at once"]
pub struct Bench<'a> {
    workshop: &'a Workshop,
}

impl Workshop {
    /// A workshop with so many benches, all free, and this stock.
    pub fn new(benches: usize, stock: Stock) -> Self {
        Self {
            free: Mutex::new(benches),
            freed: Condvar::new(),
            stock: Mutex::new(stock),
        }
    }

    /// Waits until a bench is free, and takes it.
    pub fn take_bench(&self) -> Bench<'_> {
        let mut free = self.free.lock().expect("nobody panics under this lock");
        // Sleeps, with the lock given back, until somebody has left. Then it looks again: others may be faster.
        while *free == 0 {
            free = self.freed.wait(free).expect("nobody panics under this lock");
        }
        *free -= 1;
        Bench { workshop: self }
    }

    /// How many benches are free.
    pub fn free_benches(&self) -> usize {
        *self.free.lock().expect("nobody panics under this lock")
    }

    /// What is on the shelf: before a change or after it, never in the middle.
    pub fn stock(&self) -> Stock {
        *self.stock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets `change` work on the stock, and returns what it returns. Nobody else gets at the stock meanwhile.
    ///
    /// If it fails or panics, the stock is as it was.
    pub fn change_stock<T, E>(&self, change: impl FnOnce(&mut Stock) -> Result<T, E>) -> Result<T, E> {
        // The poison says that somebody panicked under the lock, and may have left a mess. Here nobody can: what
        // is under the lock is written once, below, when the change is complete.
        let mut stock = self.stock.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = *stock;
        let result = change(&mut changed)?;
        *stock = changed;
        Ok(result)
    }
}

impl Bench<'_> {
    /// Gives the bench back now, and not only at the end of the scope.
    pub fn leave(self) {
        // `self` ends here, and is dropped. To add to the count as well would give the bench back twice.
    }
}

impl Drop for Bench<'_> {
    /// Gives the bench back: the compiler calls this on every way out.
    fn drop(&mut self) {
        // It may run while a panic unwinds the stack, and a second panic would end the whole process.
        let mut free = self.workshop.free.lock().unwrap_or_else(PoisonError::into_inner);
        *free += 1;
        self.workshop.freed.notify_one();
    }
}
