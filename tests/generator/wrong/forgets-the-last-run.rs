//! Yields a run when another item comes, and no other item comes behind the last run.

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
    run: Option<Run<I::Item>>,
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
            run: None,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        while let Some(item) = self.input.next() {
            self.items += 1;
            match &mut self.run {
                Some(run) if run.item == item => run.length += 1,
                run => {
                    if let Some(ended) = run.replace(Run { item, length: 1 }) {
                        return State::Yielded(ended);
                    }
                }
            }
        }
        State::Complete(self.items)
    }
}
