//! Runs of equal items, found one at a time.

use std::mem;

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
    stage: Stage<I::Item>,
}

/// Where the generator stands still.
#[derive(Debug)]
enum Stage<T> {
    /// At the beginning: nothing has been read.
    Start,
    /// Behind the first item of the next run, which showed that the last one had ended.
    Within(T),
    /// At the end of the input, which is not asked any more.
    End,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    /// A generator that stands at the beginning of `input`.
    pub fn new(input: I) -> Self {
        Self {
            input,
            items: 0,
            stage: Stage::Start,
        }
    }

    /// Goes on until the next run has ended, and yields it; or returns the number of all items.
    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        // The item is moved out of the stage. Unless one is found that begins another run, this was the end.
        let first = match mem::replace(&mut self.stage, Stage::End) {
            Stage::Start => self.read(),
            Stage::Within(item) => Some(item),
            Stage::End => None,
        };
        let Some(item) = first else {
            return State::Complete(self.items);
        };
        let mut length = 1;
        while let Some(next) = self.read() {
            if next != item {
                self.stage = Stage::Within(next);
                break;
            }
            length += 1;
        }
        State::Yielded(Run { item, length })
    }

    fn read(&mut self) -> Option<I::Item> {
        let item = self.input.next()?;
        self.items += 1;
        Some(item)
    }
}
