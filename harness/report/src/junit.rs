//! Checks as JUnit XML, for machines that show test results.
//!
//! A test suite is an exercise, a test case is a hidden test. A test that does not pass is a `failure` whose
//! type is the verdict; where the fault is not the learner's, or where no test ran, it is an `error`. When no
//! test ran, one test case stands for the phase that ended the check. What a program printed is included
//! (for people to read), cleaned; times are not: they would differ from run to run.

use kata_protocol::{
    Verdict,
    report::{Diagnostic, Report, TestReport},
};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use kata_untrusted::{clean, clean_line};

use crate::{explanation::explain, screen::trace};

/// The columns of a table of steps: what shows test results is seldom narrower.
const WIDTH: usize = 120;

/// One XML document for any number of checks.
pub fn to_junit(reports: &[Report]) -> String {
    let mut document = quick_junit::Report::new("kata");
    document.add_test_suites(reports.iter().map(suite));
    document
        .to_string()
        .expect("text in memory takes whatever is written, and the text is clean")
}

fn suite(report: &Report) -> TestSuite {
    let slug = clean_line(&report.exercise);
    let mut suite = TestSuite::new(slug.as_ref());
    suite.add_property(("title", clean_line(&report.title).as_ref()));
    suite.add_property(("verdict", report.verdict.name()));
    suite.add_property(("points", report.points.to_string().as_str()));
    suite.add_property(("max_points", report.max_points.to_string().as_str()));
    suite.add_test_cases(report.tests.iter().map(|test| case(&slug, test)));
    if report.tests.is_empty() && !report.verdict.is_pass() {
        suite.add_test_case(phase(&slug, report));
    }
    suite
}

/// A hidden test.
fn case(slug: &str, test: &TestReport) -> TestCase {
    let status = match test.verdict {
        Verdict::Pass => TestCaseStatus::success(),
        Verdict::HarnessError => non_success(
            NonSuccessKind::Error,
            test.verdict,
            &summary(test),
            &details(test),
        ),
        verdict => non_success(NonSuccessKind::Failure, verdict, &summary(test), &details(test)),
    };
    let mut case = TestCase::new(clean_line(&test.name).as_ref(), status);
    case.set_classname(slug);
    case.add_property(("points", test.points.to_string().as_str()));
    case.add_property(("max_points", test.max_points.to_string().as_str()));
    for (stream, set) in [
        (
            &test.output.stdout,
            TestCase::set_system_out as fn(&mut TestCase, String) -> &mut TestCase,
        ),
        (&test.output.stderr, TestCase::set_system_err),
    ] {
        if !stream.text.is_empty() {
            set(&mut case, clean(&stream.text).into_owned());
        }
    }
    case
}

/// What stands for all tests when none of them ran: the phase that ended the check.
fn phase(slug: &str, report: &Report) -> TestCase {
    let name = match report.verdict {
        Verdict::CompileError => "compile",
        Verdict::Rejected => "rules",
        _ => "check",
    };
    let mut diagnostics: Vec<_> = report.diagnostics.iter().collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.level);
    let message = diagnostics
        .first()
        .map_or(report.verdict.name(), |first| &first.message);
    let all: Vec<_> = diagnostics.into_iter().map(rendered).collect();
    let status = non_success(NonSuccessKind::Error, report.verdict, message, &all.join("\n\n"));
    let mut case = TestCase::new(name, status);
    case.set_classname(slug);
    case
}

fn non_success(kind: NonSuccessKind, verdict: Verdict, message: &str, description: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(verdict.name());
    status.set_message(clean_line(message).as_ref());
    status.set_description(clean(description).as_ref());
    status
}

/// A failure in one line.
fn summary(test: &TestReport) -> String {
    let message = test.message.as_deref().and_then(|message| message.lines().next());
    message
        .or(test.feedback.as_deref())
        .unwrap_or(test.verdict.name())
        .to_owned()
}

/// A failure in full: the teacher's line, the message, what the verdict means, the schedule, the place, the notes.
fn details(test: &TestReport) -> String {
    let told = test
        .trace
        .as_ref()
        .is_some_and(|trace| trace::names_the_fault(trace, test.verdict));
    let explanation = explain(test.verdict, test.message.as_deref()).filter(|_| !told);
    let explanation = explanation.map(|explanation| format!("{} {}", explanation.rule, explanation.advice));
    let location = test.location.as_ref().map(ToString::to_string);
    let trace = test
        .trace
        .as_ref()
        .map(|trace| trace::plain(trace, test.verdict, WIDTH));
    let parts = [
        test.feedback.clone(),
        test.message.clone(),
        explanation,
        trace,
        location,
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .flatten()
        .chain(test.notes.iter().cloned())
        .collect();
    parts.join("\n\n")
}

fn rendered(diagnostic: &Diagnostic) -> String {
    match (diagnostic.rendered.trim_end(), &diagnostic.location) {
        ("", Some(location)) => format!("{}\n{location}", diagnostic.message),
        ("", None) => diagnostic.message.clone(),
        (rendered, _) => rendered.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn an_exercise_is_a_suite_and_a_test_is_a_case() {
        insta::assert_snapshot!(to_junit(&[samples::race(), samples::passed()]));
    }

    #[test]
    fn a_check_without_tests_is_an_error_of_its_phase() {
        insta::assert_snapshot!(to_junit(&[samples::compile_error(), samples::rejected()]));
    }

    #[test]
    fn what_is_not_the_learners_fault_is_no_failure() {
        let xml = to_junit(&[samples::of(Verdict::HarnessError)]);
        assert!(xml.contains("<error "), "{xml}");
        assert!(!xml.contains("<failure "), "{xml}");
    }

    #[test]
    fn every_verdict_is_the_type_of_its_failure() {
        for report in samples::of_every_verdict()
            .iter()
            .filter(|report| !report.verdict.is_pass())
        {
            let xml = to_junit(std::slice::from_ref(report));
            assert!(xml.contains(&format!(r#"type="{}""#, report.verdict)), "{xml}");
        }
    }

    #[test]
    fn nothing_in_it_acts() {
        let xml = to_junit(&[samples::hostile(), samples::hostile_trace()]);
        assert!(!xml.contains(|c: char| c.is_control() && c != '\n'));
        assert!(!xml.contains(['\u{202e}', '\u{2066}', '\u{200b}']));
    }
}
