//! Remembers that somebody reads, not how many: when the first reader leaves, a writer comes in to the others.

use std::sync::{Condvar, Mutex};

#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    reading: bool,
    writing: bool,
    writers_waiting: usize,
}

#[derive(Debug)]
pub struct Reading<'a> {
    gate: &'a Gate,
}

#[derive(Debug)]
pub struct Writing<'a> {
    gate: &'a Gate,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            state: Mutex::new(State::default()),
            changed: Condvar::new(),
        }
    }

    pub fn read(&self) -> Reading<'_> {
        let mut state = self.state.lock().unwrap();
        while state.writing || state.writers_waiting > 0 {
            state = self.changed.wait(state).unwrap();
        }
        state.reading = true;
        Reading { gate: self }
    }

    pub fn write(&self) -> Writing<'_> {
        let mut state = self.state.lock().unwrap();
        state.writers_waiting += 1;
        while state.writing || state.reading {
            state = self.changed.wait(state).unwrap();
        }
        state.writers_waiting -= 1;
        state.writing = true;
        Writing { gate: self }
    }

    pub fn writers_waiting(&self) -> usize {
        self.state.lock().unwrap().writers_waiting
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.gate.state.lock().unwrap().reading = false;
        self.gate.changed.notify_all();
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.gate.state.lock().unwrap().writing = false;
        self.gate.changed.notify_all();
    }
}
