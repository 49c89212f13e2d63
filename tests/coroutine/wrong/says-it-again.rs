//! Says its summary again when it is resumed after the end.

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
        match reading {
            Some(reading) => {
                self.readings += 1;
                self.sum += reading;
                State::Yielded(self.sum / self.readings as f64)
            }
            None => State::Complete(Summary {
                readings: self.readings,
                mean: (self.readings > 0).then(|| self.sum / self.readings as f64),
            }),
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
