//! Keeps the sum in a thread-local: all averages of a thread work on one.

use std::cell::Cell;

thread_local! {
    static SUM: Cell<f64> = const { Cell::new(0.0) };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine {
    type Yield;
    type Return;

    fn resume(&mut self, reading: Option<f64>) -> State<Self::Yield, Self::Return>;
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    pub readings: usize,
    pub mean: Option<f64>,
}

#[derive(Debug, Default)]
pub struct Average {
    readings: usize,
    through: bool,
}

impl Average {
    pub fn new() -> Self {
        SUM.set(0.0);
        Self::default()
    }
}

impl Coroutine for Average {
    type Yield = f64;
    type Return = Summary;

    fn resume(&mut self, reading: Option<f64>) -> State<f64, Summary> {
        assert!(!self.through, "resumed after it was complete");
        match reading {
            Some(reading) => {
                self.readings += 1;
                SUM.set(SUM.get() + reading);
                State::Yielded(SUM.get() / self.readings as f64)
            }
            None => {
                self.through = true;
                State::Complete(Summary {
                    readings: self.readings,
                    mean: (self.readings > 0).then(|| SUM.get() / self.readings as f64),
                })
            }
        }
    }
}

pub fn drive<C: Coroutine>(
    coroutine: &mut C,
    readings: impl IntoIterator<Item = f64>,
    mut each: impl FnMut(C::Yield),
) -> C::Return {
    let mut readings = readings.into_iter().fuse();
    loop {
        match coroutine.resume(readings.next()) {
            State::Yielded(value) => each(value),
            State::Complete(returned) => return returned,
        }
    }
}
