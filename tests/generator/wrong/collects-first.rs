//! Works everything out in new, and hands it out bit by bit: it is no generator, but a list.

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
    runs: std::vec::IntoIter<Run<I::Item>>,
    items: usize,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    pub fn new(input: I) -> Self {
        let mut runs: Vec<Run<I::Item>> = Vec::new();
        let mut items = 0;
        for item in input {
            items += 1;
            match runs.last_mut() {
                Some(run) if run.item == item => run.length += 1,
                _ => runs.push(Run { item, length: 1 }),
            }
        }
        Self {
            runs: runs.into_iter(),
            items,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        match self.runs.next() {
            Some(run) => State::Yielded(run),
            None => State::Complete(self.items),
        }
    }
}
