//! The screen of a check, as learners see it.

use kata_protocol::{Verdict, report::Report};

use super::*;
use crate::samples;

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
fn every_verdict_has_a_screen() {
    for report in samples::of_every_verdict() {
        for width in [80, 120] {
            insta::assert_snapshot!(format!("{}_{width}", report.verdict), at(&report, width));
        }
    }
}

#[test]
fn colours_mean_something() {
    let style = Style {
        width: 80,
        colour: true,
    };
    insta::assert_snapshot!(
        "several_80_colour",
        render(&samples::several(), &learner(), &style)
    );
}

#[test]
fn colours_are_all_that_colours_add() {
    for report in samples::of_every_verdict() {
        let plain = at(&report, 80).replace('`', "");
        let style = Style {
            width: 80,
            colour: true,
        };
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let painted = without_colours(&render(&report, &learner(), &style)).replace('`', "");
        assert_eq!(words(&painted), words(&plain));
    }
}

fn without_colours(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        text + piece.split_once('m').map_or("", |(_, rest)| rest)
    })
}

#[test]
fn each_failure_is_told_in_full() {
    for width in [80, 120] {
        insta::assert_snapshot!(format!("several_{width}"), at(&samples::several(), width));
    }
}

#[test]
fn the_turns_of_tasks_are_told_one_by_one() {
    for width in [80, 120] {
        insta::assert_snapshot!(format!("out_of_turn_{width}"), at(&samples::out_of_turn(), width));
    }
    let screen = at(&samples::hostile_turns(), 80);
    assert!(!screen.contains(|c: char| c.is_control() && c != '\n') && !screen.contains('\u{202e}'));
    assert!(screen.lines().all(|line| display_width(line) <= 80), "{screen}");
    assert!(screen.lines().count() < 60, "{screen}");
}

#[test]
fn what_was_under_way_is_drawn() {
    for width in [80, 120] {
        let screen = at(&samples::requests_in_a_row(), width);
        insta::assert_snapshot!(format!("requests_in_a_row_{width}"), screen);
    }
    let screen = at(&samples::hostile_timeline(), 80);
    assert!(!screen.contains(|c: char| c.is_control() && c != '\n') && !screen.contains('\u{202e}'));
    assert!(screen.lines().all(|line| display_width(line) <= 80), "{screen}");
    assert!(screen.lines().count() < 40, "{screen}");
}

#[test]
fn the_processes_of_a_run_are_drawn() {
    for width in [80, 120] {
        insta::assert_snapshot!(
            format!("one_child_at_a_time_{width}"),
            at(&samples::one_child_at_a_time(), width)
        );
    }
    let screen = at(&samples::hostile_processes(), 80);
    assert!(screen.lines().all(|line| display_width(line) <= 80), "{screen}");
    assert!(screen.lines().count() < 40, "{screen}");
}

#[test]
fn what_was_measured_is_drawn() {
    for width in [80, 120] {
        insta::assert_snapshot!(format!("in_a_row_{width}"), at(&samples::in_a_row(), width));
    }
    let screen = at(&samples::hostile_measure(), 80);
    assert!(!screen.contains(|c: char| c.is_control() && c != '\n') && !screen.contains('\u{202e}'));
    assert!(screen.lines().count() < 60, "{screen}");
}

#[test]
fn the_same_todo_is_told_once() {
    insta::assert_snapshot!("starter_80", at(&samples::starter(), 80));
}

#[test]
fn five_errors_are_shown_and_the_rest_is_counted() {
    let screen = at(&samples::many_errors(), 80);
    assert_eq!(screen.matches("error[E0308]").count(), 5);
    assert!(screen.contains("… and 12 more errors"), "{screen}");
}

#[test]
fn a_pass_tells_of_warnings_in_a_line_each() {
    insta::assert_snapshot!("passed_with_warning_80", at(&samples::passed_with_warning(), 80));
}

#[test]
fn a_fault_of_the_harness_before_any_test_is_told() {
    insta::assert_snapshot!("broken_harness_80", at(&samples::broken_harness(), 80));
}

#[test]
fn an_answer_from_the_cache_asks_whether_the_edit_is_saved() {
    let mut report = samples::of(Verdict::Panic);
    assert!(!at(&report, 80).contains("saved?"));
    report.cached = true;
    assert!(at(&report, 80).contains("saved?"));
}

#[test]
fn the_last_line_counts_the_hints() {
    let mut report = samples::race();
    let mut last = |hints, hints_seen| {
        report.hints = hints;
        let learner = Learner {
            hints_seen,
            ..Learner::default()
        };
        let screen = render(&report, &learner, &Style::plain(120));
        screen
            .lines()
            .last()
            .unwrap()
            .split("   ")
            .last()
            .unwrap()
            .trim()
            .to_owned()
    };
    assert_eq!(last(3, 0), "kata hint lost-update for the first of 3 hints");
    assert_eq!(last(1, 0), "kata hint lost-update for a hint");
    assert_eq!(last(3, 2), "kata hint lost-update for hint 3 of 3");
    assert_eq!(last(3, 3), "kata hint lost-update for the hints again");
    assert_eq!(last(0, 0), "kata show lost-update for the task");
}

#[test]
fn the_learners_files_may_be_borrowed() {
    let files = [(samples::race().file, "let x = 1;\n".repeat(9))];
    let lookup = |file: &str| {
        files
            .iter()
            .find(|(name, _)| name == file)
            .map(|(_, text)| text.clone())
    };
    let learner = Learner {
        sources: Some(&lookup),
        ..Learner::default()
    };
    assert!(render(&samples::race(), &learner, &Style::plain(80)).contains("7 │ let x = 1;"));
}

#[test]
fn without_the_learners_files_the_place_is_still_told() {
    let screen = render(&samples::race(), &Learner::default(), &Style::plain(80));
    assert!(screen.contains("exercises/lost-update/src/lib.rs:7:32"));
    assert!(!screen.contains('│'));
}

#[test]
fn a_hostile_submission_gets_no_say_in_the_screen() {
    let report = samples::hostile();
    for width in [80, 120] {
        insta::assert_snapshot!(format!("hostile_{width}"), at(&report, width));
    }
    let screen = at(&report, 80);
    assert!(!screen.contains(|c: char| c.is_control() && c != '\n'));
    assert!(!screen.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{2028}']));
    assert!(
        screen.lines().count() < 200,
        "the verdict must not scroll out of reach"
    );
}

#[test]
fn every_line_keeps_to_the_width() {
    for report in samples::of_every_verdict().iter().chain([
        &samples::several(),
        &samples::starter(),
        &samples::in_a_row(),
    ]) {
        for width in [60, 80, 120] {
            for line in at(report, width).lines() {
                assert!(
                    textwrap::core::display_width(line) <= width,
                    "{line:?} is wider than {width}"
                );
            }
        }
    }
}

#[test]
fn no_width_is_too_narrow() {
    let others = [
        samples::hostile(),
        samples::several(),
        samples::starter(),
        samples::many_errors(),
        samples::in_a_row(),
        samples::hostile_measure(),
    ];
    for report in samples::of_every_verdict().iter().chain(&others) {
        for width in [0, 1, 2, 5, 10, 20, 33, 1000] {
            let screen = at(report, width);
            assert!(screen.contains(report.verdict.name()), "{screen}");
        }
    }
    insta::assert_snapshot!("race_20", at(&samples::race(), 20));
    assert!(
        at(&samples::race(), 20).contains("exercises/lost-update/src/lib.rs:7:32"),
        "a path stays whole"
    );
}

#[test]
fn a_check_of_several_exercises_ends_in_a_table() {
    let reports = [samples::passed(), samples::race(), samples::compile_error()];
    insta::assert_snapshot!("summary_80", summary(&reports, &Style::plain(80)));
}

#[test]
fn a_wrong_answer_about_what_was_measured_shows_it() {
    let mut report = samples::in_a_row();
    for test in report.tests.iter_mut().filter(|test| !test.verdict.is_pass()) {
        test.verdict = Verdict::WrongAnswer;
        test.message = Some("60 threads worked, and at most 4 were asked for".to_owned());
    }
    assert!(at(&report, 80).contains("Who worked when"));
    for test in &mut report.tests {
        test.location = Some(kata_protocol::Location {
            file: report.file.clone(),
            line: 1,
            column: 1,
        });
    }
    assert!(!at(&report, 80).contains("Who worked when"));
}

#[test]
fn what_is_noted_of_several_threads_alike_is_said_once() {
    let mut report = samples::of(Verdict::TimeLimit);
    let failing = report
        .tests
        .iter_mut()
        .find(|test| !test.verdict.is_pass())
        .unwrap();
    failing.notes = vec!["a thread: waiting".to_owned(); 3];
    failing.notes.push("another thread: running".to_owned());
    let screen = at(&report, 80);
    assert_eq!(screen.matches("a thread: waiting").count(), 1);
    assert!(screen.contains("a thread: waiting (3 times)"));
    assert!(screen.contains("another thread: running"));
}
