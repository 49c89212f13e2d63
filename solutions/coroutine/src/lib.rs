//! The mean of readings that come one at a time.

/// What a coroutine says when it is resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<Y, R> {
    /// It stands still, and hands this out.
    Yielded(Y),
    /// It is through, and returns this.
    Complete(R),
}

/// What takes readings in while it runs.
pub trait Coroutine {
    /// What it hands out while it runs.
    type Yield;
    /// What it returns in the end.
    type Return;

    /// Goes on with the next reading, or with `None` if there are no more.
    ///
    /// # Panics
    ///
    /// When it was complete already.
    fn resume(&mut self, reading: Option<f64>) -> State<Self::Yield, Self::Return>;
}

/// What an [`Average`] returns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// How many readings there were.
    pub readings: usize,
    /// Their mean, if there were any.
    pub mean: Option<f64>,
}

/// A coroutine that takes readings, and yields the mean of all that it has had so far.
///
/// ```
/// use coroutine::{Average, Coroutine, State, Summary, drive};
///
/// let mut average = Average::new();
/// assert_eq!(average.resume(Some(20.0)), State::Yielded(20.0));
/// assert_eq!(average.resume(Some(22.0)), State::Yielded(21.0));
///
/// // The rest comes from elsewhere. The coroutine does not care who drives it.
/// let mut means = Vec::new();
/// let summary = drive(&mut average, [27.0, 31.0], |mean| means.push(mean));
/// assert_eq!(means, [23.0, 25.0]);
/// assert_eq!(summary, Summary { readings: 4, mean: Some(25.0) });
/// ```
#[derive(Debug)]
pub enum Average {
    /// It takes readings, and has had so many, with this sum.
    Running {
        /// How many.
        readings: usize,
        /// Their sum.
        sum: f64,
    },
    /// It has returned.
    Through,
}

impl Average {
    /// A coroutine that has had no reading yet.
    pub fn new() -> Self {
        Self::Running {
            readings: 0,
            sum: 0.0,
        }
    }
}

impl Default for Average {
    fn default() -> Self {
        Self::new()
    }
}

impl Coroutine for Average {
    type Yield = f64;
    type Return = Summary;

    fn resume(&mut self, reading: Option<f64>) -> State<f64, Summary> {
        let Self::Running { readings, sum } = self else {
            panic!("resumed after it was complete");
        };
        if let Some(reading) = reading {
            *readings += 1;
            *sum += reading;
            return State::Yielded(*sum / *readings as f64);
        }
        let summary = Summary {
            readings: *readings,
            mean: (*readings > 0).then(|| *sum / *readings as f64),
        };
        *self = Self::Through;
        State::Complete(summary)
    }
}

/// Resumes `coroutine` with `readings`, hands on to `each` what it yields, and returns what it returns.
pub fn drive<C: Coroutine>(
    coroutine: &mut C,
    readings: impl IntoIterator<Item = f64>,
    mut each: impl FnMut(C::Yield),
) -> C::Return {
    // Fused, it gives `None` for ever once it has given it: the very thing to resume with.
    let mut readings = readings.into_iter().fuse();
    loop {
        match coroutine.resume(readings.next()) {
            State::Yielded(value) => each(value),
            State::Complete(returned) => return returned,
        }
    }
}
