//! A check as JSON, for programs: one object on one line.
//!
//! `docs/report.schema.json` describes it. It is made from the structs below and a test keeps it current:
//! `UPDATE=1 cargo test -p kata-report` writes it anew after a change here.
//!
//! What a program printed is left out: it may differ from run to run, while two checks of the same
//! submission give the same bytes but for `sandbox`, `cached` and `phases_ms`.

mod processes;
mod steps;
mod timeline;
mod turns;

use std::borrow::Cow;

use kata_protocol::{
    Kind, Location, Verdict,
    measure::{self, Measure},
    report::{Diagnostic, Level, Phases, Report, Sandbox, TestReport, Why},
    trace::Proof,
};
use serde::Serialize;

use kata_untrusted::{clean, clean_line};

use self::{processes::Process, steps::Step, timeline::Timeline, turns::Turn};

/// The number in `schema`. A new field is no reason for a new number; a field that is gone, or means
/// something else, is one.
pub const SCHEMA: u32 = 1;

/// The report as one line of JSON, without the end of the line.
pub fn to_json(report: &Report) -> String {
    serde_json::to_string(&Check::of(report)).expect("strings and numbers always have a JSON form")
}

/// The outcome of one check of one exercise, as `kata check --format json` prints it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Check<'a> {
    /// The version of this format.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: u32,
    /// The exercise's slug.
    exercise: Cow<'a, str>,
    /// `pass`, or the verdict of the first test, in the course's order, that did not pass.
    verdict: Verdict,
    /// Points of the tests that passed.
    points: u32,
    /// Points of all tests.
    max_points: u32,
    /// One entry per test, in the course's order; empty when no test ran.
    tests: Vec<Test<'a>>,
    /// What the rules and the compiler say.
    diagnostics: Vec<Message<'a>>,
    /// Why what passes is not proved, where that is not for the number of schedules.
    unproved: Option<Unproved<'a>>,
    /// How the submission was confined.
    sandbox: &'a Sandbox,
    /// Whether this answer comes from the cache of results.
    cached: bool,
    /// Milliseconds of real time per phase; empty for a cached answer.
    phases_ms: Phases,
}

/// The outcome of one hidden test.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Test<'a> {
    /// The test's name.
    name: Cow<'a, str>,
    /// How it was run.
    kind: Kind,
    /// How it ended.
    verdict: Verdict,
    /// `max_points` for a pass, else 0.
    points: u32,
    /// What it is worth.
    max_points: u32,
    /// What went wrong.
    message: Option<Cow<'a, str>>,
    /// The teacher's line for a learner whose submission fails here.
    feedback: Option<Cow<'a, str>>,
    /// Where in the learner's code, when that is known.
    location: Option<Place<'a>>,
    /// More that helps, such as the panics of other threads.
    notes: Vec<Cow<'a, str>>,
    /// How sure a pass is, for a test that explores schedules.
    proof: Option<Proof>,
    /// How many executions the proof took, or the number of the execution that failed first.
    executions: Option<u64>,
    /// The steps of all executions that a pass took.
    steps: Option<u64>,
    /// The schedule that fails: the scheduler's choices, in order.
    schedule: Option<&'a [u32]>,
    /// What happened under it, in order; the last steps, where they are very many.
    trace: Option<Vec<Step>>,
    /// What the tasks did in the order that fails, turn after turn, for a test that explores the orders of tasks.
    turns: Option<Vec<Turn<'a>>>,
    /// What was under way when, for a test in virtual time that fails and has written it down.
    timeline: Option<Timeline<'a>>,
    /// The processes of the learner's program in the run that fails, in the order in which they began; empty for other tests.
    processes: Vec<Process>,
    /// Work and span, for a test that measures them.
    measured: Option<Measured<'a>>,
}

/// Work and span on the ideal machine, in the units that the test declares.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Measured<'a> {
    /// All work that was done.
    work: u64,
    /// The work on the longest path from begin to end.
    span: u64,
    /// Each thread that worked.
    threads: Vec<Worker<'a>>,
}

/// A thread's share of the work.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Worker<'a> {
    /// Its number; 0 is the test's own.
    thread: u32,
    /// The name it was given, if any.
    name: Option<Cow<'a, str>>,
    /// Its share.
    work: u64,
}

/// A message of the rules or of the compiler.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Message<'a> {
    /// How bad it is.
    level: Level,
    /// The compiler's code, such as `E0382`, or the name of the rule.
    code: Option<Cow<'a, str>>,
    /// The message in one line.
    message: Cow<'a, str>,
    /// Where, when that is known.
    location: Option<Place<'a>>,
    /// The whole message with source lines and carets, without colours.
    rendered: Cow<'a, str>,
}

/// Something that the schedules do not cover.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Unproved<'a> {
    /// How the number of references to a shared value comes to matter.
    why: Why,
    /// The name by which it is known: `upgrade`, `Drop`.
    word: Cow<'a, str>,
    /// Where it stands; `null` for the hidden tests.
    location: Option<Place<'a>>,
}

/// A place in a source file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Location"))]
struct Place<'a> {
    /// The file, relative to the course.
    file: Cow<'a, str>,
    /// The line, from 1.
    line: u32,
    /// The column in characters, from 1.
    column: u32,
}

impl<'a> Check<'a> {
    fn of(report: &'a Report) -> Self {
        Check {
            schema: SCHEMA,
            exercise: clean_line(&report.exercise),
            verdict: report.verdict,
            points: report.points,
            max_points: report.max_points,
            tests: report.tests.iter().map(Test::of).collect(),
            diagnostics: report.diagnostics.iter().map(Message::of).collect(),
            unproved: report.unproved.as_ref().map(|unproved| Unproved {
                why: unproved.why,
                word: clean_line(&unproved.word),
                location: unproved.location.as_ref().map(Place::of),
            }),
            sandbox: &report.sandbox,
            cached: report.cached,
            phases_ms: report.phases_ms,
        }
    }
}

impl<'a> Test<'a> {
    fn of(test: &'a TestReport) -> Self {
        Test {
            name: clean_line(&test.name),
            kind: test.kind,
            verdict: test.verdict,
            points: test.points,
            max_points: test.max_points,
            message: test.message.as_deref().map(clean),
            feedback: test.feedback.as_deref().map(clean),
            location: test.location.as_ref().map(Place::of),
            notes: test.notes.iter().map(|note| clean(note)).collect(),
            proof: test.proof,
            executions: test
                .proof
                .map(|proof| proof.executions())
                .or(test.trace.as_ref().and_then(|trace| trace.found_at))
                .or(test.turns.as_ref().map(|turns| turns.found_at)),
            steps: test.steps,
            schedule: test
                .trace
                .as_ref()
                .map(|trace| trace.schedule.as_slice())
                .or(test.turns.as_ref().map(|turns| turns.schedule.as_slice())),
            trace: test.trace.as_ref().map(|trace| steps::of(trace, test.verdict)),
            turns: test.turns.as_deref().map(turns::of),
            timeline: test.timeline.as_deref().map(Timeline::of),
            processes: test.processes.iter().map(Process::of).collect(),
            measured: test.measured.as_deref().map(Measured::of),
        }
    }
}

impl<'a> Measured<'a> {
    fn of(measure: &'a Measure) -> Self {
        let worker = |worker: &'a measure::Worker| Worker {
            thread: worker.thread,
            name: worker.name.as_deref().map(clean_line),
            work: worker.work,
        };
        Measured {
            work: measure.work,
            span: measure.span,
            threads: measure.threads.iter().map(worker).collect(),
        }
    }
}

impl<'a> Message<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        Message {
            level: diagnostic.level,
            code: diagnostic.code.as_deref().map(clean_line),
            message: clean_line(&diagnostic.message),
            location: diagnostic.location.as_ref().map(Place::of),
            rendered: clean(&diagnostic.rendered),
        }
    }
}

impl<'a> Place<'a> {
    fn of(location: &'a Location) -> Self {
        Place {
            file: clean_line(&location.file),
            line: location.line,
            column: location.column,
        }
    }
}

#[cfg(test)]
mod tests {
    use kata_protocol::report::Stream;
    use serde_json::Value;

    use super::*;
    use crate::{samples, schema};

    fn parsed(report: &Report) -> Value {
        serde_json::from_str(&to_json(report)).unwrap()
    }

    #[test]
    fn the_schema_is_current() {
        schema::assert_current::<Check<'_>>("report.schema.json");
    }

    #[test]
    fn reports_of_every_verdict_fit_the_schema() {
        let validator = schema::validator::<Check<'_>>();
        for report in samples::of_every_verdict().iter().chain([
            &samples::hostile(),
            &samples::hostile_trace(),
            &samples::every_proof(),
            &samples::unproved(Why::Looked),
            &samples::in_a_row(),
            &samples::hostile_measure(),
            &samples::out_of_turn(),
            &samples::hostile_turns(),
            &samples::requests_in_a_row(),
            &samples::hostile_timeline(),
        ]) {
            let json = parsed(report);
            let faults: Vec<_> = validator
                .iter_errors(&json)
                .map(|fault| fault.to_string())
                .collect();
            assert!(faults.is_empty(), "{}: {faults:?}", report.verdict);
            assert_eq!(json["verdict"], report.verdict.name());
        }
    }

    #[test]
    fn the_schema_refuses_what_is_no_report() {
        let validator = schema::validator::<Check<'_>>();
        let spoil: [fn(&mut Value); 9] = [
            |json| json["schema"] = 2.into(),
            |json| json["more"] = 1.into(),
            |json| json["tests"][0]["more"] = 1.into(),
            |json| json["phases_ms"]["more"] = 1.into(),
            |json| json["verdict"] = "passed".into(),
            |json| json["tests"][2]["trace"][0]["more"] = 1.into(),
            |json| drop(json["tests"][2].as_object_mut().unwrap().remove("schedule")),
            |json| json["tests"][0]["proof"] = serde_json::json!({"kind": "hoped"}),
            |json| drop(json.as_object_mut().unwrap().remove("cached")),
        ];
        for spoil in spoil {
            let mut json = parsed(&samples::race());
            assert!(validator.is_valid(&json));
            spoil(&mut json);
            assert!(!validator.is_valid(&json), "{json}");
        }
    }

    #[test]
    fn keys_stand_in_their_documented_order() {
        insta::assert_snapshot!(to_json(&samples::race()));
    }

    #[test]
    fn a_proof_says_how_many_executions_it_took() {
        let json = parsed(&samples::every_proof());
        assert_eq!(
            json["tests"][3]["proof"],
            serde_json::json!({"kind": "bounded", "preemptions": 2, "executions": 1234, "weak_orderings": true})
        );
        assert_eq!(json["tests"][3]["executions"], 1234);
        assert_eq!(json["tests"][3]["trace"], Value::Null);
    }

    #[test]
    fn it_is_one_line_and_nothing_in_it_acts() {
        let json = to_json(&samples::hostile())
            + &to_json(&samples::hostile_trace())
            + &to_json(&samples::hostile_measure())
            + &to_json(&samples::hostile_turns())
            + &to_json(&samples::hostile_timeline());
        assert!(!json.contains(|c: char| c.is_control()));
        assert!(!json.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{2028}']));
        assert!(
            !json.contains("\\u001b"),
            "a program that prints the parsed text must be safe too"
        );
    }

    #[test]
    fn what_a_program_printed_changes_nothing() {
        let quiet = samples::race();
        let mut loud = quiet.clone();
        loud.tests[2].output.stdout = Stream {
            text: "thread 2 was first".into(),
            cut: true,
        };
        assert_eq!(to_json(&loud), to_json(&quiet));
    }
}
