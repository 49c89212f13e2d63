//! The explanation of a failing schedule, as learners see it.

use kata_protocol::{
    Verdict,
    report::{Report, Why},
};

use super::*;
use crate::{
    samples::{self, traces},
    screen::render,
};

/// What an exploration says of a deadlock.
const STUCK: &str = "every thread waits, and none can be woken";

/// A name and a report for each kind of fault.
fn of_every_fault() -> Vec<(&'static str, Report)> {
    let stuck = |slug, test, trace| samples::explored(slug, test, Verdict::Deadlock, STUCK, trace);
    vec![
        ("lost_update", samples::race()),
        (
            "two_locks",
            stuck("two-locks", "they_swap_twice", traces::two_locks()),
        ),
        (
            "no_names",
            stuck("two-locks", "they_swap_twice", traces::no_names()),
        ),
        (
            "missed_signal",
            stuck("missed-signal", "the_worker_is_heard", traces::missed_signal()),
        ),
        (
            "philosophers",
            stuck("dining-philosophers", "everybody_eats", traces::philosophers()),
        ),
        (
            "receiver",
            stuck("channel", "the_sum_is_right", traces::receiver()),
        ),
        (
            "check_then_act",
            samples::explored(
                "check-then-act",
                "one_seat_is_sold_once",
                Verdict::Race,
                "sold 2 of 1 seats",
                traces::check_then_act(),
            ),
        ),
        (
            "halves",
            samples::explored(
                "two-locks",
                "a_reader_sees_whole_moves",
                Verdict::Race,
                "the sum of both: expected 3, got 2",
                traces::halves(),
            ),
        ),
        (
            "wakes_and_goes_on",
            samples::explored(
                "missed-signal",
                "nobody_gets_through_before",
                Verdict::Race,
                "it returned, and it was not done",
                traces::wakes_and_goes_on(),
            ),
        ),
        (
            "naps",
            samples::explored(
                "missed-signal",
                "it_waits",
                Verdict::Livelock,
                "the threads run on without an end",
                traces::naps(),
            ),
        ),
        (
            "spinning",
            samples::explored(
                "flag",
                "it_is_handed_over",
                Verdict::Livelock,
                "the threads run for ever and change nothing",
                traces::spinning(),
            ),
        ),
        (
            "long",
            samples::explored(
                "lost-update",
                "no_update_is_lost",
                Verdict::Race,
                "expected 2, got 1",
                traces::long(),
            ),
        ),
    ]
}

fn at(report: &Report, width: usize) -> String {
    render(report, &learner(), &Style::plain(width))
}

fn learner() -> Learner<'static> {
    Learner {
        sources: Some(&samples::sources),
        hints_seen: 0,
        replay: Some("kata replay"),
    }
}

#[test]
fn every_fault_has_a_screen() {
    for (name, report) in of_every_fault() {
        for width in [80, 120] {
            insta::assert_snapshot!(format!("{name}_{width}"), at(&report, width));
        }
    }
}

#[test]
fn colours_set_off_what_matters() {
    let style = Style {
        width: 80,
        colour: true,
    };
    insta::assert_snapshot!(
        "lost_update_80_colour",
        render(&samples::race(), &learner(), &style)
    );
}

#[test]
fn every_line_keeps_to_the_width() {
    for (name, report) in of_every_fault() {
        for width in 60..=140 {
            for line in at(&report, width).lines() {
                assert!(
                    textwrap::core::display_width(line) <= width,
                    "{name}: {line:?} is wider than {width}"
                );
            }
        }
    }
}

#[test]
fn no_width_is_too_narrow() {
    for (_, report) in of_every_fault() {
        for width in 0..=60 {
            assert!(at(&report, width).contains(report.verdict.name()));
        }
    }
}

#[test]
fn the_line_that_fails_is_shown_even_where_no_step_is() {
    let mut report = samples::race();
    report.tests[2].location.as_mut().unwrap().line = 10;
    let screen = at(&report, 80);
    assert!(screen.contains("^ it fails here"), "{screen}");
    assert!(!at(&samples::race(), 80).contains("it fails here"));
}

#[test]
fn a_hostile_trace_gets_no_say() {
    let report = samples::hostile_trace();
    assert!(
        at(&report, 80).lines().count() < 100,
        "the verdict must not scroll out of reach"
    );
    for width in [0, 10, 30, 80, 120, 1000] {
        let screen = at(&report, width);
        assert!(!screen.contains(|c: char| c.is_control() && c != '\n'));
        assert!(!screen.contains(['\u{202e}', '\u{200b}']));
        assert!(
            !screen
                .lines()
                .any(|line| line.trim_start().starts_with("✓ passed")),
            "{screen}"
        );
    }
}

#[test]
fn an_empty_trace_says_what_it_knows() {
    let mut trace = traces::lost_update();
    trace.steps.clear();
    trace.threads.clear();
    trace.objects.clear();
    assert_eq!(
        plain(&trace, Verdict::Race, 80),
        "Schedule 3, with one preemption; the same one every time."
    );
}

#[test]
fn a_trace_that_is_too_long_is_cut_at_its_beginning() {
    let mut trace = traces::lost_update();
    let step = trace.steps[2].clone();
    trace.steps.splice(0..0, std::iter::repeat_n(step, 50_000));
    let capped = capped(&trace);
    assert_eq!(
        (capped.steps.len(), capped.left_out),
        (STEPS_CAP, 50_011 - STEPS_CAP)
    );
    assert!(plain(&trace, Verdict::Race, 80).lines().count() < 60);
}

#[test]
fn proofs_are_told_in_the_table() {
    for width in [60, 80, 120] {
        insta::assert_snapshot!(format!("proofs_{width}"), at(&samples::every_proof(), width));
    }
}

#[test]
fn what_is_not_proved_is_told_with_its_reason() {
    for (name, why) in [
        ("unproved_look", Why::Looked),
        ("unproved_end", Why::Dropped),
        ("unproved_unsafe", Why::Unsafe),
    ] {
        insta::assert_snapshot!(name, at(&samples::unproved(why), 80));
    }
}

#[test]
fn a_line_that_all_steps_are_at_is_told_once() {
    let mut trace = traces::lost_update();
    let line = trace.steps[2].location.clone();
    for step in &mut trace.steps {
        step.location = line.clone();
    }
    let screen = plain(&trace, Verdict::Race, 100);
    assert!(
        screen.contains("Every step of your code that is shown is at line 7."),
        "{screen}"
    );
    assert!(!screen.contains("7  load"), "{screen}");
    let few = plain(&traces::two_locks(), Verdict::Deadlock, 100);
    assert!(!few.contains("Every step of your code"), "{few}");
}
