//! Keeps all readings, and none once it has returned.

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

#[derive(Debug)]
pub struct Average {
    readings: Option<Vec<f64>>,
}

impl Average {
    pub fn new() -> Self {
        Self {
            readings: Some(Vec::new()),
        }
    }
}

impl Coroutine for Average {
    type Yield = f64;
    type Return = Summary;

    fn resume(&mut self, reading: Option<f64>) -> State<f64, Summary> {
        let readings = self.readings.as_mut().expect("it is not complete");
        readings.extend(reading);
        let number = readings.len();
        let mean = (number > 0).then(|| readings.iter().sum::<f64>() / number as f64);
        match (reading, mean) {
            (Some(_), Some(mean)) => State::Yielded(mean),
            _ => {
                self.readings = None;
                State::Complete(Summary {
                    readings: number,
                    mean,
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
    for reading in readings {
        match coroutine.resume(Some(reading)) {
            State::Yielded(value) => each(value),
            State::Complete(returned) => return returned,
        }
    }
    loop {
        match coroutine.resume(None) {
            State::Yielded(value) => each(value),
            State::Complete(returned) => return returned,
        }
    }
}
