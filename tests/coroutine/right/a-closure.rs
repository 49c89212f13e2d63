//! Lets a closure hold the state, and the compiler write the struct.

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

type Step = dyn FnMut(Option<f64>) -> State<f64, Summary> + Send;

pub struct Average(Box<Step>);

impl Average {
    pub fn new() -> Self {
        let (mut readings, mut sum, mut through) = (0, 0.0, false);
        Self(Box::new(move |reading| {
            assert!(!through, "resumed after it was complete");
            if let Some(reading) = reading {
                readings += 1;
                sum += reading;
                return State::Yielded(sum / f64::from(readings));
            }
            through = true;
            State::Complete(Summary {
                readings: readings as usize,
                mean: (readings > 0).then(|| sum / f64::from(readings)),
            })
        }))
    }
}

impl Coroutine for Average {
    type Yield = f64;
    type Return = Summary;

    fn resume(&mut self, reading: Option<f64>) -> State<f64, Summary> {
        (self.0)(reading)
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
