//! Whoever has to wait leaves its name and parks itself; whoever leaves calls all who are on the list.

use std::sync::{Mutex, MutexGuard};
use std::thread::{self, Thread};

#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    readers: usize,
    writing: bool,
    writers_waiting: usize,
    parked: Vec<Thread>,
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
        }
    }

    pub fn read(&self) -> Reading<'_> {
        let state = self.state.lock().unwrap();
        let mut state = self.park_while(state, |state| state.writing || state.writers_waiting > 0);
        state.readers += 1;
        Reading { gate: self }
    }

    pub fn write(&self) -> Writing<'_> {
        let mut state = self.state.lock().unwrap();
        state.writers_waiting += 1;
        let mut state = self.park_while(state, |state| state.writing || state.readers > 0);
        state.writers_waiting -= 1;
        state.writing = true;
        Writing { gate: self }
    }

    pub fn writers_waiting(&self) -> usize {
        self.state.lock().unwrap().writers_waiting
    }

    fn park_while<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        must_wait: impl Fn(&State) -> bool,
    ) -> MutexGuard<'a, State> {
        while must_wait(&state) {
            state.parked.push(thread::current());
            drop(state);
            thread::park();
            state = self.state.lock().unwrap();
        }
        state
    }

    fn leave(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap();
        change(&mut state);
        for thread in state.parked.drain(..) {
            thread.unpark();
        }
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
