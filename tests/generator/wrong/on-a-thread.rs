//! Lets a thread work out the runs, and takes them from a channel: it runs ahead, as far as the channel has room.

use std::sync::mpsc::{self, Receiver};
use std::thread;

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
    runs: Receiver<State<Run<I::Item>, usize>>,
}

impl<I> Runs<I>
where
    I: Iterator + Send + 'static,
    I::Item: PartialEq + Send,
{
    pub fn new(mut input: I) -> Self {
        let (send, runs) = mpsc::sync_channel(0);
        thread::spawn(move || {
            let mut items = 0;
            let mut next = input.next();
            while let Some(item) = next.take() {
                let mut length = 1;
                for other in input.by_ref() {
                    if other != item {
                        next = Some(other);
                        break;
                    }
                    length += 1;
                }
                items += length;
                send.send(State::Yielded(Run { item, length })).ok();
            }
            send.send(State::Complete(items)).ok();
        });
        Self { runs }
    }

    pub fn resume(&mut self) -> State<Run<I::Item>, usize> {
        self.runs.recv().unwrap()
    }
}
