//! What `Average` and `drive` must do. The tests drive `Average` by hand, and with `drive` coroutines of their own.

use std::cell::RefCell;
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};

use coroutine::{Average, Coroutine, State, Summary, drive};
use kata_test::prelude::*;

/// A mean for people, without what rounding does to it.
fn rounded(mean: f64) -> String {
    let millionths = (mean * 1e6).round() / 1e6;
    // There is a -0, which nobody asks for.
    (millionths + 0.0).to_string()
}

fn told(state: State<f64, Summary>) -> String {
    match state {
        State::Yielded(mean) => rounded(mean),
        State::Complete(Summary { readings, mean }) => {
            let mean = mean.map_or("None".to_owned(), rounded);
            let number = if readings == 1 { "reading" } else { "readings" };
            format!("complete with {readings} {number} and the mean {mean}")
        }
    }
}

/// What an average says when it is resumed with these readings.
fn said(readings: &[f64]) -> String {
    let mut average = Average::new();
    let said = readings
        .iter()
        .map(|reading| told(average.resume(Some(*reading))));
    said.collect::<Vec<_>>().join(", ")
}

/// A coroutine that takes a number of readings, and as many times `None`, and yields each; then it is complete.
struct Echo {
    readings: usize,
    more: usize,
    through: bool,
}

impl Coroutine for Echo {
    type Yield = Option<f64>;
    type Return = &'static str;

    fn resume(&mut self, reading: Option<f64>) -> State<Option<f64>, &'static str> {
        check!(!self.through, "drive resumed a coroutine that was complete");
        let left = match reading {
            Some(_) => &mut self.readings,
            None => &mut self.more,
        };
        if *left == 0 {
            self.through = true;
            return State::Complete("the end");
        }
        *left -= 1;
        State::Yielded(reading)
    }
}

/// What happens while the readings 1, 2 and 3, behind whose end there are others, drive a coroutine.
fn driven(readings: usize, more: usize) -> String {
    let happened = RefCell::new(Vec::new());
    let mut numbers = [Some(1.0), Some(2.0), Some(3.0), None, Some(99.0)].into_iter();
    let noted = iter::from_fn(|| {
        let reading = numbers.next().flatten();
        let asked = reading.map_or("no more".to_owned(), |reading| format!("read {reading}"));
        happened.borrow_mut().push(asked);
        reading
    });
    let mut echo = Echo {
        readings,
        more,
        through: false,
    };
    let returned = drive(&mut echo, noted, |value| {
        let value = value.map_or("one more".to_owned(), |value| value.to_string());
        happened.borrow_mut().push(format!("got {value}"));
    });
    happened.borrow_mut().push(returned.to_owned());
    happened.take().join(", ")
}

#[kata_test::test]
fn each_reading_yields_the_mean_so_far() {
    check_eq!(
        said(&[20.0, 22.0, 27.0, 31.0]),
        "20, 21, 23, 25",
        "the means for 20, 22, 27 and 31"
    );
    check_eq!(
        said(&[5.0, -5.0, 3.0, 5.0]),
        "5, 0, 1, 2",
        "the means for 5, -5, 3 and 5"
    );
}

#[kata_test::test]
fn it_ends_with_a_summary() {
    let mut average = Average::new();
    for reading in [20.0, 22.0, 27.0] {
        average.resume(Some(reading));
    }
    check_eq!(
        told(average.resume(None)),
        "complete with 3 readings and the mean 23",
        "None after the readings 20, 22 and 27"
    );

    let mut average = Average::new();
    average.resume(Some(20.0));
    check_eq!(
        told(average.resume(None)),
        "complete with 1 reading and the mean 20",
        "None after the reading 20"
    );
}

#[kata_test::test]
fn no_readings_have_no_mean() {
    check_eq!(
        told(Average::new().resume(None)),
        "complete with 0 readings and the mean None",
        "None at once"
    );
}

#[kata_test::test]
fn it_does_not_go_on_after_the_end() {
    for (with, reading) in [("a reading", Some(1.0)), ("None", None)] {
        let mut average = Average::new();
        average.resume(Some(20.0));
        average.resume(None);
        let answer = catch_unwind(AssertUnwindSafe(|| told(average.resume(reading))));
        let said = answer.unwrap_or_default();
        check!(
            said.is_empty(),
            "after it was complete, an average was resumed with {with}, and said: {said}"
        );
    }
}

#[kata_test::test]
fn each_average_has_its_own_state() {
    let (mut one, mut other) = (Average::new(), Average::new());
    let mut said = Vec::new();
    for (of_one, of_other) in [(1.0, 10.0), (3.0, 30.0)] {
        said.push(told(one.resume(Some(of_one))));
        said.push(told(other.resume(Some(of_other))));
    }
    check_eq!(
        said.join(", "),
        "1, 10, 2, 20",
        "two averages in turn, one with 1 and 3, the other with 10 and 30"
    );
}

#[kata_test::test]
fn drive_takes_turns() {
    check_eq!(
        driven(3, 0),
        "read 1, got 1, read 2, got 2, read 3, got 3, no more, the end",
        "three readings for a coroutine that yields each, and ends with them"
    );
}

#[kata_test::test]
fn drive_stops_with_the_coroutine() {
    check_eq!(
        driven(1, 0),
        "read 1, got 1, read 2, the end",
        "three readings for a coroutine that is complete at the second"
    );
}

#[kata_test::test]
fn drive_asks_until_it_is_complete() {
    check_eq!(
        driven(3, 2),
        "read 1, got 1, read 2, got 2, read 3, got 3, no more, got one more, got one more, the end",
        "three readings for a coroutine that yields two more things behind them, and is complete then"
    );
}
