//! Reads the first item when it is made: then it always has the next one at hand.

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
    next: Option<I::Item>,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    pub fn new(mut input: I) -> Self {
        let next = input.next();
        Self {
            input,
            items: 0,
            next,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        let Some(item) = self.next.take() else {
            return State::Complete(self.items);
        };
        let mut length = 1;
        while let Some(next) = self.input.next() {
            if next != item {
                self.next = Some(next);
                break;
            }
            length += 1;
        }
        self.items += length;
        State::Yielded(Run { item, length })
    }
}
