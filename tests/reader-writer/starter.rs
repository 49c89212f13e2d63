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
    taken: bool,
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
    pub fn read(&self) -> Reading<'_> {
        // Safe, and no better than a Mutex: a reader keeps everybody out, other readers as well.
        let mut state = self.lock();
        while state.taken {
            state = self.changed.wait(state).expect("nobody panics under this lock");
        }
        state.taken = true;
        Reading { gate: self }
    }

    /// Waits until a writer may enter, and enters.
    pub fn write(&self) -> Writing<'_> {
        let mut state = self.lock();
        state.writers_waiting += 1;
        while state.taken {
            state = self.changed.wait(state).expect("nobody panics under this lock");
        }
        state.writers_waiting -= 1;
        state.taken = true;
        Writing { gate: self }
    }

    /// How many writers have come and are not inside yet.
    pub fn writers_waiting(&self) -> usize {
        self.lock().writers_waiting
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics under this lock")
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.gate.lock().taken = false;
        self.gate.changed.notify_all();
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.gate.lock().taken = false;
        self.gate.changed.notify_all();
    }
}
