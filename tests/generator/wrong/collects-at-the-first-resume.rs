//! Does nothing in new, and everything in the first resume: the caller waits for the whole input.

use std::collections::VecDeque;

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
    input: Option<I>,
    runs: VecDeque<Run<I::Item>>,
    items: usize,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    pub fn new(input: I) -> Self {
        Self {
            input: Some(input),
            runs: VecDeque::new(),
            items: 0,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        for item in self.input.take().into_iter().flatten() {
            self.items += 1;
            match self.runs.back_mut() {
                Some(run) if run.item == item => run.length += 1,
                _ => self.runs.push_back(Run { item, length: 1 }),
            }
        }
        match self.runs.pop_front() {
            Some(run) => State::Yielded(run),
            None => State::Complete(self.items),
        }
    }
}
