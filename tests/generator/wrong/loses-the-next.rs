//! Drops the item that showed it the end of the run: it was the first of the next one.

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

pub struct Runs<I> {
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
        let Some(item) = self.input.next() else {
            return State::Complete(self.items);
        };
        self.items += 1;
        let mut length = 1;
        for next in self.input.by_ref() {
            self.items += 1;
            if next != item {
                break;
            }
            length += 1;
        }
        State::Yielded(Run { item, length })
    }
}
