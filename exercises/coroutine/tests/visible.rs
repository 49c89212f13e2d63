//! Tests to run while you work: `cargo test -p coroutine`. `kata check` runs more.

use coroutine::{Average, Coroutine, State, Summary, drive};

#[test]
fn each_reading_yields_the_mean_so_far() {
    let mut average = Average::new();
    assert_eq!(average.resume(Some(4.0)), State::Yielded(4.0));
    assert_eq!(average.resume(Some(8.0)), State::Yielded(6.0));
    let summary = Summary {
        readings: 2,
        mean: Some(6.0),
    };
    assert_eq!(average.resume(None), State::Complete(summary));
}

#[test]
fn it_can_be_driven() {
    let mut means = Vec::new();
    let summary = drive(&mut Average::new(), [4.0, 8.0], |mean| means.push(mean));
    assert_eq!(means, [4.0, 6.0]);
    assert_eq!(summary.mean, Some(6.0));
}
