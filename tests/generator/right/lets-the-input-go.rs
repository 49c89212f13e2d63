//! Keeps the run that is being read in the state, and lets the input go at its end.

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
    run: Option<Run<I::Item>>,
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
            run: None,
            items: 0,
        }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        while let Some(input) = &mut self.input {
            let Some(item) = input.next() else {
                self.input = None;
                break;
            };
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
        match self.run.take() {
            Some(last) => State::Yielded(last),
            None => State::Complete(self.items),
        }
    }
}
