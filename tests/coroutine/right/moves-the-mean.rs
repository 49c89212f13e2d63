//! Moves the mean by the share that the new reading has in it, and keeps no sum.

use std::iter;

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
    mean: f64,
    through: bool,
}

impl Average {
    pub fn new() -> Self {
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
                self.mean += (reading - self.mean) / self.readings as f64;
                State::Yielded(self.mean)
            }
            None => {
                self.through = true;
                State::Complete(Summary {
                    readings: self.readings,
                    mean: (self.readings > 0).then(|| self.mean),
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
    let inputs = readings.into_iter().map(Some).chain(iter::repeat(None));
    for input in inputs {
        match coroutine.resume(input) {
            State::Yielded(value) => each(value),
            State::Complete(returned) => return returned,
        }
    }
    unreachable!("None is repeated until it is complete")
}
