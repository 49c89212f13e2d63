//! Takes its state out in the end, and so begins anew when it is resumed once more.

use std::mem;

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
    sum: f64,
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
        if let Some(reading) = reading {
            self.readings += 1;
            self.sum += reading;
            return State::Yielded(self.sum / self.readings as f64);
        }
        let Self { readings, sum } = mem::take(self);
        State::Complete(Summary {
            readings,
            mean: (readings > 0).then(|| sum / readings as f64),
        })
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
