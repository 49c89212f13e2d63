//! Lets readers wait for the writer who is inside, and not for those who wait: with a reader inside at any time, a writer never gets in.

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
        state.writers_waiting += 1;
        while state.writing || state.readers > 0 {
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
