//! Takes a single reading for too little to have a mean.

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
                self.sum += reading;
                State::Yielded(self.sum / self.readings as f64)
            }
            None => {
                self.through = true;
                State::Complete(Summary {
                    readings: self.readings,
                    mean: (self.readings > 1).then(|| self.sum / self.readings as f64),
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
