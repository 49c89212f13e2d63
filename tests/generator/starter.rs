//! Runs of equal items, found one at a time.

/// What a generator says when it is resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<Y, R> {
    /// It stands still, and this is its next value.
    Yielded(Y),
    /// It is through, and this is what it returns.
    Complete(R),
}

/// Equal items that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<T> {
    /// One of them.
    pub item: T,
    /// How many there are.
    pub length: usize,
}

/// A generator of the runs of its input, which it reads no further than it has to. In the end it returns the
/// number of items.
///
/// ```
/// use generator::{Run, Runs, State};
///
/// let mut runs = Runs::new("aabbbc".chars());
/// assert_eq!(runs.resume(), State::Yielded(Run { item: 'a', length: 2 }));
/// assert_eq!(runs.resume(), State::Yielded(Run { item: 'b', length: 3 }));
/// assert_eq!(runs.resume(), State::Yielded(Run { item: 'c', length: 1 }));
/// assert_eq!(runs.resume(), State::Complete(6));
///
/// // No end, and no trouble: only what is asked for is worked out.
/// let mut halves = Runs::new((0..).map(|n| n / 2));
/// assert_eq!(halves.resume(), State::Yielded(Run { item: 0, length: 2 }));
/// ```
#[derive(Debug)]
pub struct Runs<I: Iterator> {
    input: I,
    items: usize,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    /// A generator that stands at the beginning of `input`.
    pub fn new(input: I) -> Self {
        Self { input, items: 0 }
    }

    /// Goes on until the next run has ended, and yields it; or returns the number of all items.
    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        // One item at a time, and lazily. But it forgets each item as soon as it has seen it, so every item
        // is a run of its own.
        match self.input.next() {
            Some(item) => {
                self.items += 1;
                State::Yielded(Run { item, length: 1 })
            }
            None => State::Complete(self.items),
        }
    }
}
