//! Readers and writers wait on condition variables of their own, so that each who leaves wakes the right ones.

use std::sync::{Condvar, Mutex};

#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<State>,
    readers_may: Condvar,
    writer_may: Condvar,
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
            readers_may: Condvar::new(),
            writer_may: Condvar::new(),
        }
    }

    pub fn read(&self) -> Reading<'_> {
        let mut state = self.state.lock().unwrap();
        while state.writing || state.writers_waiting > 0 {
            state = self.readers_may.wait(state).unwrap();
        }
        state.readers += 1;
        Reading { gate: self }
    }

    pub fn write(&self) -> Writing<'_> {
        let mut state = self.state.lock().unwrap();
        state.writers_waiting += 1;
        while state.writing || state.readers > 0 {
            state = self.writer_may.wait(state).unwrap();
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
        let mut state = self.gate.state.lock().unwrap();
        state.readers -= 1;
        if state.readers == 0 {
            self.gate.writer_may.notify_one();
        }
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        let mut state = self.gate.state.lock().unwrap();
        state.writing = false;
        if state.writers_waiting > 0 {
            self.gate.writer_may.notify_one();
        } else {
            self.gate.readers_may.notify_all();
        }
    }
}
