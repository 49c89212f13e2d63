use std::pin::Pin;

use kata_protocol::{Caps, frame::Outcome};

use crate::{explore, ideal, mode::Mode, plain, tasks, virtual_time};

/// A hidden test as the program that serves it knows it.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Its name, as in `course.toml`.
    pub name: &'static str,
    /// What it does.
    pub body: Body,
}

/// The body of a test, with the way to run it.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// Kind `plain`: called as it is, on the process's first thread.
    Plain(fn()),
    /// Kind `virtual-time`: run on a current-thread runtime with the clock paused.
    VirtualTime(fn() -> Pin<Box<dyn Future<Output = ()>>>),
    /// Kind `explore`: run under one schedule of its threads after the other.
    Explore(fn()),
    /// Kind `explore-tasks`: run in one order of its tasks after the other.
    ExploreTasks(fn() -> Pin<Box<dyn Future<Output = ()>>>),
    /// Kind `ideal`: run once on the ideal machine.
    Ideal(fn()),
}

impl Case {
    /// Runs the test to its end.
    pub(crate) fn run(&self, caps: &Caps) -> Outcome {
        match self.body {
            Body::Plain(body) => Mode::Real.during(|| plain::run(body)),
            Body::VirtualTime(body) => Mode::Real.during(|| virtual_time::run(body)),
            Body::Explore(body) => Mode::Explored.during(|| explore::run(body, caps)),
            Body::ExploreTasks(body) => Mode::Real.during(|| tasks::run(body, caps)),
            Body::Ideal(body) => Mode::Ideal.during(|| ideal::run(body, caps)),
        }
    }
}
