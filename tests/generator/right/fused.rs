//! The iterator remembers its end, and an Option the item that was read too far.

use std::iter::Fuse;

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
    input: Fuse<I>,
    items: usize,
    next: Option<I::Item>,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    pub fn new(input: I) -> Self {
        Self {
            input: input.fuse(),
            items: 0,
            next: None,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        let Some(item) = self.next.take().or_else(|| self.read()) else {
            return State::Complete(self.items);
        };
        let mut length = 1;
        while let Some(next) = self.read() {
            if next != item {
                self.next = Some(next);
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
