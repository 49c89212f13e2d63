//! Moments of walks, as learners see them.

use kata_protocol::{
    Verdict,
    report::{Report, TestReport},
};
use ratatui_core::{backend::TestBackend, terminal::Terminal};

use super::*;
use crate::samples::{self, traces};

/// What an exploration says of a deadlock.
const STUCK: &str = "every thread waits, and none can be woken";

fn test(report: &Report) -> &TestReport {
    report.tests.iter().find(|test| test.trace.is_some()).unwrap()
}

/// What a terminal of that size shows.
fn shown(
    report: &Report,
    size: (u16, u16),
    place: impl Fn(usize) -> Place,
    changed: bool,
    help: bool,
) -> String {
    let replay = Replay::of(&report.exercise, test(report), &samples::sources, changed).unwrap();
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let screen = Screen::of(&replay, true);
    let place = place(replay.steps());
    terminal
        .draw(|frame| frame.render_widget(screen.at(place, help), frame.area()))
        .unwrap();
    terminal.backend().to_string()
}

fn deadlock() -> Report {
    samples::explored(
        "two-locks",
        "both_ways_at_once",
        Verdict::Deadlock,
        STUCK,
        traces::two_locks(),
    )
}

fn philosophers() -> Report {
    samples::explored(
        "dining-philosophers",
        "everybody_eats",
        Verdict::Deadlock,
        STUCK,
        traces::philosophers(),
    )
}

fn missed_signal() -> Report {
    samples::explored(
        "missed-signal",
        "the_worker_is_heard",
        Verdict::Deadlock,
        STUCK,
        traces::missed_signal(),
    )
}

#[test]
fn moments_of_every_fault() {
    for (name, report) in [
        ("race", samples::race()),
        ("deadlock", deadlock()),
        ("philosophers", philosophers()),
        ("missed_signal", missed_signal()),
    ] {
        for size in [(80, 24), (120, 40)] {
            let label = format!("{name}_{}x{}", size.0, size.1);
            let middle = |steps: usize| Place::first(steps).forwards(steps / 2);
            insta::assert_snapshot!(
                format!("{label}_middle"),
                shown(&report, size, middle, false, false)
            );
            insta::assert_snapshot!(
                format!("{label}_end"),
                shown(&report, size, Place::end, false, false)
            );
        }
    }
}

#[test]
fn a_small_terminal_shows_what_fits() {
    for (name, size) in [("40x10", (40, 10)), ("20x5", (20, 5))] {
        let last = |steps: usize| Place::first(steps).forwards(3);
        insta::assert_snapshot!(
            format!("deadlock_{name}"),
            shown(&deadlock(), size, last, true, false)
        );
        insta::assert_snapshot!(
            format!("deadlock_{name}_end"),
            shown(&deadlock(), size, Place::end, true, false)
        );
    }
}

#[test]
fn steps_that_are_not_kept_are_told() {
    let mut report = samples::race();
    report.tests[2].trace.as_mut().unwrap().left_out = 9_001;
    let screen = shown(&report, (80, 24), Place::first, false, false);
    assert!(screen.contains("step 9002 of 9012"), "{screen}");
    assert!(
        screen.contains("9,001 steps before these are not kept"),
        "{screen}"
    );
    assert!(screen.contains("▸ 9002"), "{screen}");
}

#[test]
fn help_and_notice_have_rows_of_their_own() {
    let start = |steps: usize| Place::first(steps).forwards(2);
    insta::assert_snapshot!(
        "help_and_notice_80x24",
        shown(&samples::race(), (80, 24), start, true, true)
    );
}

/// The cells of a screen of that size.
fn cells(report: &Report, size: (u16, u16), place: Place, colour: bool, help: bool) -> Buffer {
    let replay = Replay::of(&report.exercise, test(report), &samples::sources, true).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    Screen::of(&replay, colour)
        .at(place, help)
        .render(buffer.area, &mut buffer);
    buffer
}

#[test]
fn without_colours_there_is_nothing_but_text() {
    let steps = test(&deadlock()).trace.as_ref().unwrap().steps.len();
    for place in [Place::first(steps), Place::end(steps)] {
        let plain = cells(&deadlock(), (80, 24), place, false, false);
        let is_plain =
            |cell: &ratatui_core::buffer::Cell| cell.style() == ratatui_core::buffer::Cell::EMPTY.style();
        assert!(plain.content().iter().all(is_plain));
        let painted = cells(&deadlock(), (80, 24), place, true, false);
        assert!(!painted.content().iter().all(is_plain));
    }
    let end = cells(&deadlock(), (80, 24), Place::end(steps), false, false);
    let text: String = end.content().iter().map(|cell| cell.symbol()).collect();
    assert!(
        text.contains("waits for `b`"),
        "backticks stand in for the colour: {text}"
    );
}

#[test]
fn every_size_and_every_place_can_be_drawn() {
    for report in [
        samples::race(),
        deadlock(),
        philosophers(),
        samples::hostile_trace(),
    ] {
        let steps = test(&report).trace.as_ref().unwrap().steps.len();
        let places = (0..=steps + 1).map(|by| Place::first(steps).forwards(by));
        for (at, place) in places.enumerate() {
            for width in [0, 1, 7, 40, 99, 140] {
                for height in [0, 1, 3, 9, 30] {
                    cells(&report, (width, height), place, at % 2 == 0, at % 3 == 0);
                }
            }
        }
    }
}

#[test]
fn a_replay_without_steps_is_at_its_end() {
    let mut report = samples::race();
    let trace = report.tests[2].trace.as_mut().unwrap();
    trace.steps.clear();
    trace.threads.clear();
    trace.objects.clear();
    let screen = shown(&report, (80, 24), Place::first, false, false);
    assert!(screen.contains("expected 2, got 1"), "{screen}");
}

#[test]
fn a_hostile_trace_gets_no_say() {
    let report = samples::hostile_trace();
    let steps = test(&report).trace.as_ref().unwrap().steps.len();
    for by in 0..=steps {
        let buffer = cells(&report, (120, 40), Place::first(steps).forwards(by), true, false);
        let text: String = buffer.content().iter().map(|cell| cell.symbol()).collect();
        assert!(!text.contains(|c: char| c.is_control()), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{text:?}");
    }
}
