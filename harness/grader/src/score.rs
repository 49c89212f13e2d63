//! From verdicts to a report.

use kata_course::{Exercise, Test};
use kata_protocol::{
    Verdict,
    frame::Outcome,
    report::{Diagnostic, Output, Phases, Report, Sandbox, Stream, TestReport, Unproved},
};
use kata_sandbox::{Captured, Ended};
use kata_untrusted::{clean, clean_line};

use crate::{
    names,
    program::Program,
    run::{self, Run},
    stacks::Places,
    weigh,
};

/// The report on a submission whose tests were run.
pub(crate) fn graded(
    exercise: &Exercise,
    runs: &[Run],
    sources: &[names::Source<'_>],
    program: &Program,
) -> Report {
    let places = Places::new(&program.file, sources);
    let tests: Vec<TestReport> = exercise
        .tests
        .iter()
        .zip(runs)
        .map(|(test, run)| score(test, run, sources, &places))
        .collect();
    let failed = tests.iter().find(|test| !test.verdict.is_pass());
    let verdict = failed.map_or(Verdict::Pass, |test| test.verdict);
    Report {
        points: tests.iter().map(|test| test.points).sum(),
        tests,
        ..report(exercise, verdict, program.warnings.clone())
    }
}

/// Takes back that anything was proved, for the reason given.
pub(crate) fn prove_nothing(report: &mut Report, unproved: Unproved) {
    for test in &mut report.tests {
        test.proof = test.proof.map(|proof| proof.as_samples());
    }
    report.unproved = Some(unproved);
}

/// The report on a submission that was not run: rejected, or refused by the compiler.
pub(crate) fn not_run(exercise: &Exercise, verdict: Verdict, diagnostics: Vec<Diagnostic>) -> Report {
    report(exercise, verdict, diagnostics)
}

fn report(exercise: &Exercise, verdict: Verdict, diagnostics: Vec<Diagnostic>) -> Report {
    let file = exercise
        .editable
        .first()
        .map(|file| file.as_str())
        .unwrap_or_default();
    Report {
        exercise: exercise.slug.clone(),
        title: exercise.title.clone(),
        verdict,
        points: 0,
        max_points: exercise.points(),
        tests: Vec::new(),
        diagnostics,
        unproved: None,
        file: format!("{}{file}", crate::intake::shown_folder(exercise)),
        hints: exercise.hints.len(),
        // Filled in by the grader, which knows the warden.
        sandbox: Sandbox::default(),
        cached: false,
        phases_ms: Phases::default(),
    }
}

fn score(test: &Test, run: &Run, sources: &[names::Source<'_>], places: &Places<'_>) -> TestReport {
    let mut outcome = weigh::weigh(run, &test.limits);
    places.give(&mut outcome);
    let passed = outcome.verdict.is_pass();
    let Outcome {
        verdict,
        message,
        mut location,
        notes,
        proof,
        steps,
        mut trace,
        turns,
        timeline,
        measured,
        ..
    } = outcome;
    if let Some(trace) = &mut trace {
        names::give(trace, sources);
    }
    if let Some(location) = &mut location {
        location.file = clean_line(&location.file).into_owned();
    }
    TestReport {
        name: test.name.clone(),
        kind: test.kind,
        verdict,
        points: if passed { test.points } else { 0 },
        max_points: test.points,
        message: message.map(|message| clean(&message).into_owned()),
        feedback: (!passed).then(|| test.feedback.clone()),
        location,
        notes: notes.iter().map(|note| clean_line(note).into_owned()).collect(),
        proof,
        steps,
        trace,
        turns,
        timeline,
        measured,
        processes: match (&run.subject, passed) {
            (Some(subject), false) => run::processes(subject),
            _ => Vec::new(),
        },
        // Of the learner's program, where that is not the test's own.
        output: output(run.subject.as_ref().unwrap_or(&run.ended)),
    }
}

fn output(ended: &Ended) -> Output {
    Output {
        stdout: stream(&ended.stdout),
        stderr: stream(&ended.stderr),
    }
}

fn stream(captured: &Captured) -> Stream {
    Stream {
        text: clean(&String::from_utf8_lossy(&captured.bytes)).into_owned(),
        cut: captured.cut,
    }
}
