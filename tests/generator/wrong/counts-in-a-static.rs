//! Keeps the number of items in a static: one for all generators.

use std::iter::Fuse;
use std::sync::atomic::{AtomicUsize, Ordering};

static ITEMS: AtomicUsize = AtomicUsize::new(0);

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
    next: Option<I::Item>,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    pub fn new(input: I) -> Self {
        ITEMS.store(0, Ordering::Relaxed);
        Self {
            input: input.fuse(),
            next: None,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        let Some(item) = self.next.take().or_else(|| self.read()) else {
            return State::Complete(ITEMS.load(Ordering::Relaxed));
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
        ITEMS.fetch_add(1, Ordering::Relaxed);
        Some(item)
    }
}
