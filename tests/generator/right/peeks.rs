//! Looks at the next item without taking it, as Peekable does, on an iterator that remembers its end.

use std::iter::{Fuse, Peekable};

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
    input: Peekable<Fuse<I>>,
    items: usize,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    pub fn new(input: I) -> Self {
        Self {
            input: input.fuse().peekable(),
            items: 0,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        let Some(item) = self.input.next() else {
            return State::Complete(self.items);
        };
        let mut length = 1;
        while self.input.next_if_eq(&item).is_some() {
            length += 1;
        }
        self.items += length;
        State::Yielded(Run { item, length })
    }
}
