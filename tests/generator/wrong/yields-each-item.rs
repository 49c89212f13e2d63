//! Yields how long the run is so far, item by item, as if it were a count and not a run.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<Y, R> {
    Yielded(Y),
    Complete(R),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<T> {
    pub item: T,
    pub length: usize,
}

pub struct Runs<I: Iterator> {
    input: I,
    items: usize,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    pub fn new(input: I) -> Self {
        Self { input, items: 0 }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        match self.input.next() {
            Some(item) => {
                self.items += 1;
                State::Yielded(Run {
                    item,
                    length: self.items,
                })
            }
            None => State::Complete(self.items),
        }
    }
}
