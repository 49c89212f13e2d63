//! A gate for many readers or one writer.

use std::sync::{Condvar, Mutex, MutexGuard};

/// A gate that lets in many readers together, or one writer alone.
///
/// ```
/// use std::sync::Barrier;
/// use std::thread;
///
/// use reader_writer::Gate;
///
/// let gate = Gate::new();
/// let both_inside = Barrier::new(2);
/// thread::scope(|scope| {
///     for _ in 0..2 {
///         scope.spawn(|| {
///             let _reading = gate.read();
///             // Nobody gets on before both are here.
///             both_inside.wait();
///         });
///     }
/// });
///
/// let writing = gate.write();
/// assert_eq!(gate.writers_waiting(), 0);
/// drop(writing);
/// ```
#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

/// Who is inside, and who would like to be.
#[derive(Debug, Default)]
struct State {
    readers: usize,
    writing: bool,
    writers_waiting: usize,
}

/// A reader who is inside.
#[derive(Debug)]
#[must_use = "whoever drops it is outside again"]
pub struct Reading<'a> {
    gate: &'a Gate,
}

/// A writer who is inside.
#[derive(Debug)]
#[must_use = "whoever drops it is outside again"]
pub struct Writing<'a> {
    gate: &'a Gate,
}

impl Gate {
    /// A gate with nobody inside.
    pub fn new() -> Self {
        Self {
            state: Mutex::new(State::default()),
            changed: Condvar::new(),
        }
    }

    /// Waits until a reader may enter, and enters.
    ///
    /// A reader who comes while a writer waits stands behind it.
    pub fn read(&self) -> Reading<'_> {
        // Not only whoever is inside counts, but also who waits: else there could be a reader inside at any time,
        // never the same for long, and a writer would wait for ever.
        let mut state = self.wait_while(self.lock(), |state| state.writing || state.writers_waiting > 0);
        state.readers += 1;
        Reading { gate: self }
    }

    /// Waits until a writer may enter, and enters.
    pub fn write(&self) -> Writing<'_> {
        let mut state = self.lock();
        state.writers_waiting += 1;
        let mut state = self.wait_while(state, |state| state.writing || state.readers > 0);
        state.writers_waiting -= 1;
        state.writing = true;
        Writing { gate: self }
    }

    /// How many writers have come and are not inside yet.
    pub fn writers_waiting(&self) -> usize {
        self.lock().writers_waiting
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics under this lock")
    }

    fn wait_while<'a>(
        &self,
        state: MutexGuard<'a, State>,
        must_wait: impl FnMut(&mut State) -> bool,
    ) -> MutexGuard<'a, State> {
        self.changed
            .wait_while(state, must_wait)
            .expect("nobody panics under this lock")
    }

    /// Changes the state, and wakes everybody: readers and writers wait for different things in one queue, and to
    /// wake one is to wake the wrong one sometimes. Whoever still has to wait goes back to sleep.
    fn leave(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.gate.leave(|state| state.readers -= 1);
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.gate.leave(|state| state.writing = false);
    }
}
