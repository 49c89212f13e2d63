//! Waits by looking again and again: it gets in when it may, and keeps a processor busy until then.

use std::sync::Mutex;
use std::thread;

#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<State>,
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
        }
    }

    pub fn read(&self) -> Reading<'_> {
        loop {
            let mut state = self.state.lock().unwrap();
            if !state.writing && state.writers_waiting == 0 {
                state.readers += 1;
                return Reading { gate: self };
            }
            drop(state);
            thread::yield_now();
        }
    }

    pub fn write(&self) -> Writing<'_> {
        self.state.lock().unwrap().writers_waiting += 1;
        loop {
            let mut state = self.state.lock().unwrap();
            if !state.writing && state.readers == 0 {
                state.writers_waiting -= 1;
                state.writing = true;
                return Writing { gate: self };
            }
            drop(state);
            thread::yield_now();
        }
    }

    pub fn writers_waiting(&self) -> usize {
        self.state.lock().unwrap().writers_waiting
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.gate.state.lock().unwrap().readers -= 1;
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.gate.state.lock().unwrap().writing = false;
    }
}
