//! Whoever leaves lets the next ones in itself: a writer who waits, or else all readers, who find that they are in.

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
    readers_waiting: usize,
    rounds_of_readers: u64,
    turns_of_writers: usize,
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
        if state.writing || state.writers_waiting > 0 {
            state.readers_waiting += 1;
            let round = state.rounds_of_readers;
            while state.rounds_of_readers == round {
                state = self.changed.wait(state).unwrap();
            }
        } else {
            state.readers += 1;
        }
        Reading { gate: self }
    }

    pub fn write(&self) -> Writing<'_> {
        let mut state = self.state.lock().unwrap();
        if state.writing || state.readers > 0 {
            state.writers_waiting += 1;
            while state.turns_of_writers == 0 {
                state = self.changed.wait(state).unwrap();
            }
            state.turns_of_writers -= 1;
        } else {
            state.writing = true;
        }
        Writing { gate: self }
    }

    pub fn writers_waiting(&self) -> usize {
        self.state.lock().unwrap().writers_waiting
    }

    fn let_in(&self, state: &mut State) {
        if state.writers_waiting > 0 {
            state.writers_waiting -= 1;
            state.writing = true;
            state.turns_of_writers += 1;
        } else {
            state.readers += state.readers_waiting;
            state.readers_waiting = 0;
            state.rounds_of_readers += 1;
        }
        self.changed.notify_all();
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        let mut state = self.gate.state.lock().unwrap();
        state.readers -= 1;
        if state.readers == 0 {
            self.gate.let_in(&mut state);
        }
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        let mut state = self.gate.state.lock().unwrap();
        state.writing = false;
        self.gate.let_in(&mut state);
    }
}
