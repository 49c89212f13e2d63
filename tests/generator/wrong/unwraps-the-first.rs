//! Takes it for granted that there is a first item.

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
            items: 0,
            next: None,
            through: false,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        if self.through {
            return State::Complete(self.items);
        }
        let item = self.next.take().unwrap_or_else(|| self.input.next().unwrap());
        let mut length = 1;
        loop {
            match self.input.next() {
                Some(next) if next == item => length += 1,
                Some(next) => {
                    self.next = Some(next);
                    break;
                }
                None => {
                    self.through = true;
                    break;
                }
            }
        }
        self.items += length;
        State::Yielded(Run { item, length })
    }
}
