//! Everybody takes a ticket and goes in by its number: no writer starves, and no reader either.

use std::sync::{Condvar, Mutex};

#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    readers: usize,
    writing: bool,
    writers_waiting: usize,
    next_ticket: u64,
    admitted: u64,
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
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        while state.admitted < ticket || state.writing {
            state = self.changed.wait(state).unwrap();
        }
        state.admitted += 1;
        state.readers += 1;
        // The next one may be a reader as well.
        self.changed.notify_all();
        Reading { gate: self }
    }

    pub fn write(&self) -> Writing<'_> {
        let mut state = self.state.lock().unwrap();
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        state.writers_waiting += 1;
        while state.admitted < ticket || state.writing || state.readers > 0 {
            state = self.changed.wait(state).unwrap();
        }
        state.admitted += 1;
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
        self.gate.state.lock().unwrap().readers -= 1;
        self.gate.changed.notify_all();
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.gate.state.lock().unwrap().writing = false;
        self.gate.changed.notify_all();
    }
}
