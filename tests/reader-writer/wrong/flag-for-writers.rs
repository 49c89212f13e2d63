//! Remembers that a writer waits, not how many: when the first goes in, the second is forgotten, and readers pass it.

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
    writer_waits: bool,
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
        while state.writing || state.writer_waits {
            state = self.changed.wait(state).unwrap();
        }
        state.readers += 1;
        Reading { gate: self }
    }

    pub fn write(&self) -> Writing<'_> {
        let mut state = self.state.lock().unwrap();
        state.writer_waits = true;
        while state.writing || state.readers > 0 {
            state = self.changed.wait(state).unwrap();
        }
        state.writer_waits = false;
        state.writing = true;
        Writing { gate: self }
    }

    pub fn writers_waiting(&self) -> usize {
        usize::from(self.state.lock().unwrap().writer_waits)
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
