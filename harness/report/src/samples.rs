//! Reports for the tests of screens and exports: one per verdict, as the grader writes them.

mod sources;
pub(crate) mod traces;

use kata_protocol::{
    Kind, Location, Verdict,
    measure::{Measure, TIMELINE_COLUMNS, Worker},
    program::{End, Process},
    report::{Diagnostic, Level, Output, Phases, Report, Sandbox, Stream, TestReport, Unproved, Why},
    tasks::{Ending, Task, Turn, Turns, Until},
    timeline::{self, Of, Span, Timeline},
    trace::{Proof, Trace},
};

/// The learner's file in most samples.
pub(crate) const GATHER: &str = "\
use std::future::Future;

/// Awaits all futures at once and gives their results in order.
pub async fn gather<F>(futures: Vec<F>) -> Vec<F::Output>
where
    F: Future,
{
    let mut results = Vec::new();
    for future in futures {
\t\tresults.push(future.await);
    }
    results
}
";

/// The starter of an exercise.
const STARTER: &str = "\
/// Waits for a while, then greets.
pub async fn greet(name: &str) -> String {
    todo!(\"greet {name} after a second\")
}
";

/// The learner's files, as the screens see them.
pub(crate) fn sources(file: &str) -> Option<String> {
    match file {
        "exercises/gather/src/lib.rs" => Some(GATHER.to_owned()),
        "exercises/greet/src/lib.rs" => Some(STARTER.to_owned()),
        _ => {
            let slug = file.strip_prefix("exercises/")?.strip_suffix("/src/lib.rs")?;
            let (_, source) = traces::SOURCES.iter().find(|(name, _)| *name == slug)?;
            Some((*source).to_owned())
        }
    }
}

fn at(slug: &str, line: u32, column: u32) -> Location {
    Location {
        file: format!("exercises/{slug}/src/lib.rs"),
        line,
        column,
    }
}

fn stream(text: &str) -> Stream {
    Stream {
        text: text.to_owned(),
        cut: false,
    }
}

fn test(name: &str, max_points: u32, verdict: Verdict) -> TestReport {
    TestReport {
        name: name.to_owned(),
        kind: Kind::Plain,
        verdict,
        points: if verdict.is_pass() { max_points } else { 0 },
        max_points,
        message: None,
        feedback: None,
        location: None,
        notes: Vec::new(),
        proof: None,
        steps: None,
        trace: None,
        turns: None,
        timeline: None,
        measured: None,
        processes: Vec::new(),
        output: Output::default(),
    }
}

fn report(slug: &str, title: &str, tests: Vec<TestReport>) -> Report {
    let first = tests
        .iter()
        .map(|test| test.verdict)
        .find(|verdict| !verdict.is_pass());
    Report {
        exercise: slug.to_owned(),
        title: title.to_owned(),
        verdict: first.unwrap_or(Verdict::Pass),
        points: tests.iter().map(|test| test.points).sum(),
        max_points: tests.iter().map(|test| test.max_points).sum(),
        tests,
        diagnostics: Vec::new(),
        unproved: None,
        file: format!("exercises/{slug}/src/lib.rs"),
        hints: 3,
        sandbox: Sandbox {
            tier: "C".to_owned(),
            layers: vec!["Landlock".to_owned(), "seccomp".to_owned()],
        },
        cached: false,
        phases_ms: Phases {
            intake: Some(1),
            compile: Some(180),
            run: Some(12),
            ..Phases::default()
        },
    }
}

/// `gather` with its four tests, of which the third ends as given.
fn gather(third: TestReport) -> Report {
    let tests = vec![
        test("no_futures_give_no_results", 1, Verdict::Pass),
        test("results_are_in_order", 3, Verdict::Pass),
        third,
        test("an_error_comes_back", 2, Verdict::Pass),
    ];
    report("gather", "All at once, in order", tests)
}

/// A report whose verdict is the given one, with the message that the grader or the test gives for it.
pub(crate) fn of(verdict: Verdict) -> Report {
    let message = match verdict {
        Verdict::Pass => return passed(),
        Verdict::Race => return race(),
        Verdict::CompileError => return compile_error(),
        Verdict::Rejected => return rejected(),
        Verdict::WrongAnswer => "it took 60 ms of virtual time, and 30 ms are enough",
        Verdict::Deadlock => {
            "thread 1 waits for `left`, which thread 2 holds; thread 2 waits for `right`, which thread 1 holds"
        }
        Verdict::Livelock => "no progress in 10000 steps",
        Verdict::TooSlow => "the span is 60 units, and 30 are enough",
        Verdict::BlocksEventLoop => "`std::thread::sleep` was called on the event loop",
        Verdict::Panic => "index out of bounds: the len is 0 but the index is 0",
        Verdict::TimeLimit => "it used 10 s of CPU time, which is the limit",
        Verdict::MemoryLimit => "it asked for 4 GiB on the heap; the limit is 512 MiB",
        Verdict::OutputLimit => "it printed more than 256 KiB",
        Verdict::ProcessLimit => "it started more than 64 threads and processes",
        Verdict::Crash => "the process was killed by signal 11 (SIGSEGV)",
        Verdict::EarlyExit => "the process ended with exit code 0 before the test did",
        Verdict::Forged => "the answer does not carry this run's secret",
        Verdict::Leak => "2 threads were still running 0 steps after the test",
        Verdict::HarnessError => {
            "the test process could not be started: No space left on device (os error 28)"
        }
    };
    let mut third = test("it_takes_the_longest_not_the_sum", 4, verdict);
    third.kind = Kind::VirtualTime;
    third.message = Some(message.to_owned());
    third.feedback = (verdict != Verdict::HarnessError)
        .then(|| "All futures have to make progress at the same time, not one after the other.".to_owned());
    third.location =
        matches!(verdict, Verdict::Panic | Verdict::BlocksEventLoop).then(|| at("gather", 10, 16));
    if verdict == Verdict::OutputLimit {
        third.output.stdout = Stream {
            text: lines(500),
            cut: true,
        };
    }
    gather(third)
}

/// One report for each verdict.
pub(crate) fn of_every_verdict() -> Vec<Report> {
    Verdict::ALL.into_iter().map(of).collect()
}

/// Everything passes.
pub(crate) fn passed() -> Report {
    gather(test("it_takes_the_longest_not_the_sum", 4, Verdict::Pass))
}

/// Everything passes, and the compiler has something to add.
pub(crate) fn passed_with_warning() -> Report {
    let mut report = passed();
    report.diagnostics.push(unused_variable());
    report
}

/// An update is lost.
pub(crate) fn race() -> Report {
    let mut lost = test("no_update_is_lost", 6, Verdict::Race);
    lost.kind = Kind::Explore;
    lost.message = Some("expected 2, got 1".to_owned());
    lost.feedback = Some("Two threads can both read the counter before either writes it back.".to_owned());
    lost.location = Some(at("lost-update", 7, 32));
    lost.trace = Some(Box::new(traces::lost_update()));
    let tests = vec![
        test("starts_at_zero", 2, Verdict::Pass),
        test("one_thread_counts", 2, Verdict::Pass),
        lost,
    ];
    report("lost-update", "Fix the race", tests)
}

/// A test that explores schedules fails with this trace.
pub(crate) fn explored(slug: &str, name: &str, verdict: Verdict, message: &str, trace: Trace) -> Report {
    let mut failed = test(name, 6, verdict);
    failed.kind = Kind::Explore;
    failed.message = Some(message.to_owned());
    failed.feedback = None;
    failed.trace = Some(Box::new(trace));
    report(slug, "A title", vec![failed])
}

/// Tests that explore schedules pass, each with a proof.
pub(crate) fn proved(proofs: &[(&str, Proof)]) -> Report {
    let tests = proofs.iter().map(|(name, proof)| TestReport {
        kind: Kind::Explore,
        proof: Some(*proof),
        ..test(name, 6, Verdict::Pass)
    });
    report("lost-update", "Fix the race", tests.collect())
}

/// A pass with each kind of proof.
pub(crate) fn every_proof() -> Report {
    let weak_orderings = true;
    proved(&[
        (
            "starts_at_zero",
            Proof::Exhausted {
                executions: 1,
                spurious: true,
                weak_orderings: false,
            },
        ),
        (
            "no_update_is_lost",
            Proof::Exhausted {
                executions: 32,
                spurious: true,
                weak_orderings: false,
            },
        ),
        (
            "a_waiter_wakes",
            Proof::Exhausted {
                executions: 410,
                spurious: false,
                weak_orderings,
            },
        ),
        (
            "eight_threads_count",
            Proof::Bounded {
                preemptions: 2,
                executions: 1_234,
                weak_orderings,
            },
        ),
        (
            "a_crowd_counts",
            Proof::Sampled {
                executions: 2_000,
                weak_orderings,
            },
        ),
    ])
}

/// Passes that are samples, for a count of references that nobody sees: in the submission, or in its tests.
pub(crate) fn unproved(why: Why) -> Report {
    let sampled = Proof::Sampled {
        executions: 32,
        weak_orderings: false,
    };
    let (word, location) = match why {
        Why::Looked => ("upgrade", Some(at("thread-pool", 31, 27))),
        Why::Dropped => ("Sender", None),
        Why::Unsafe => ("unsafe", Some(at("thread-pool", 4, 1))),
    };
    Report {
        unproved: Some(Unproved {
            why,
            word: word.to_owned(),
            location,
        }),
        ..proved(&[("jobs_run", sampled), ("it_stops", sampled)])
    }
}

/// The starter: every test meets the same `todo!()`.
pub(crate) fn starter() -> Report {
    let names = [
        "it_greets_by_name",
        "it_waits_a_second",
        "nobody_is_greeted_twice",
    ];
    let tests = names.map(|name| TestReport {
        message: Some("not yet implemented: greet Ada after a second".to_owned()),
        feedback: Some(format!("What the teacher says when {name} fails.")),
        location: Some(at("greet", 3, 5)),
        ..test(name, 2, Verdict::Panic)
    });
    report("greet", "Wait without blocking", tests.into())
}

/// Several tests fail, each in its own way, with notes and output, and the compiler warns.
pub(crate) fn several() -> Report {
    let mut order = test("results_are_in_order", 3, Verdict::WrongAnswer);
    order.message = Some("assertion `left == right` failed: the results are not in the order of the futures\n  left: [\"slow\", \"quick\", \"middling\"]\n right: [\"quick\", \"middling\", \"slow\"]".to_owned());
    order.feedback = Some("The results come in the order of the futures, whoever is done first.".to_owned());
    order.output.stdout = stream("polling quick\npolling slow\ndone: quick\n");
    let mut empty = test("no_futures_give_no_results", 1, Verdict::Panic);
    empty.message = Some("called `Option::unwrap()` on a `None` value".to_owned());
    empty.feedback = Some("Gathering nothing is no error: it gives an empty list.".to_owned());
    empty.location = Some(at("gather", 10, 22));
    empty.notes =
        vec!["thread `worker-1` panicked at exercises/gather/src/lib.rs:9:9: receiver is gone".to_owned()];
    let mut slow = test("it_takes_the_longest_not_the_sum", 4, Verdict::TimeLimit);
    slow.message = Some("it used 10 s of CPU time, which is the limit".to_owned());
    slow.output.stderr = stream(&lines(352));
    let tests = vec![order, empty, slow, test("an_error_comes_back", 2, Verdict::Pass)];
    let mut report = report("gather", "All at once, in order", tests);
    report.diagnostics.push(unused_future());
    report
}

fn lines(number: usize) -> String {
    (1..=number).map(|n| format!("polling future {n}\n")).collect()
}

fn unused_future() -> Diagnostic {
    Diagnostic {
        level: Level::Warning,
        code: Some("unused_must_use".to_owned()),
        message: "unused implementer of `Future` that must be used".to_owned(),
        location: Some(at("gather", 10, 9)),
        rendered: "\
warning: unused implementer of `Future` that must be used
  --> exercises/gather/src/lib.rs:9:5
   |
9  |     tokio::time::sleep(pause);
   |     ^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = note: futures do nothing unless you `.await` or poll them
   = note: `#[warn(unused_must_use)]` on by default

"
        .to_owned(),
    }
}

fn unused_variable() -> Diagnostic {
    Diagnostic {
        level: Level::Warning,
        code: Some("unused_variables".to_owned()),
        message: "unused variable: `seen`".to_owned(),
        location: Some(at("gather", 10, 9)),
        rendered: "warning: unused variable: `seen`\n".to_owned(),
    }
}

fn mismatched_types(line: u32) -> Diagnostic {
    Diagnostic {
        level: Level::Error,
        code: Some("E0308".to_owned()),
        message: "mismatched types".to_owned(),
        location: Some(at("gather", line, 5)),
        rendered: format!(
            "\
error[E0308]: mismatched types
  --> exercises/gather/src/lib.rs:{line}:5
   |
4  | pub async fn gather<F>(futures: Vec<F>) -> Vec<F::Output>
   |                                            -------------- expected `Vec<<F as Future>::Output>` because of return type
...
{line:<2} |     futures
   |     ^^^^^^^ expected `Vec<<F as Future>::Output>`, found `Vec<F>`
   |
   = note: expected struct `Vec<<F as Future>::Output>` found struct `Vec<F>`, which is another type although both hold one item per future

"
        ),
    }
}

fn no_tests(verdict: Verdict, diagnostics: Vec<Diagnostic>) -> Report {
    Report {
        verdict,
        max_points: 10,
        diagnostics,
        ..report("gather", "All at once, in order", Vec::new())
    }
}

/// The compiler finds one error, and warns.
pub(crate) fn compile_error() -> Report {
    no_tests(
        Verdict::CompileError,
        vec![unused_variable(), mismatched_types(12)],
    )
}

/// The compiler finds 17 errors.
pub(crate) fn many_errors() -> Report {
    no_tests(Verdict::CompileError, (12..29).map(mismatched_types).collect())
}

/// Two rules of the exercise are broken.
pub(crate) fn rejected() -> Report {
    let rendered = "\
error: `unsafe` is not allowed in this exercise
  --> exercises/gather/src/lib.rs:9:5
   |
 9 |     unsafe { poll(future) }
   |     ^^^^^^
   |
   = help: everything here can be done without it
";
    let unsafe_code = Diagnostic {
        level: Level::Error,
        code: Some("unsafe".to_owned()),
        message: "`unsafe` is not allowed in this exercise".to_owned(),
        location: Some(at("gather", 9, 5)),
        rendered: rendered.to_owned(),
    };
    let bare = Diagnostic {
        level: Level::Error,
        code: Some("include".to_owned()),
        message: "`include!` would read a file that is not part of the submission".to_owned(),
        location: Some(at("gather", 10, 2)),
        rendered: String::new(),
    };
    no_tests(Verdict::Rejected, vec![unsafe_code, bare])
}

/// The harness failed before there was anything to run.
pub(crate) fn broken_harness() -> Report {
    let fault = Diagnostic {
        level: Level::Error,
        code: None,
        message: "the hidden tests of `gather` do not compile with the reference solution".to_owned(),
        location: None,
        rendered: String::new(),
    };
    no_tests(Verdict::HarnessError, vec![fault])
}

/// Work that three threads could share is done by one after the other.
pub(crate) fn in_a_row() -> Report {
    let mut busy = [[0; TIMELINE_COLUMNS]; 3];
    for (third, busy) in busy.iter_mut().enumerate() {
        busy[third * 20..(third + 1) * 20].fill(100);
    }
    busy[1][20] = 40;
    measured(
        "parallelism 1.00, and at least 2.50 is asked for",
        3_000,
        3_000,
        &busy,
    )
}

/// Threads that share their work and pass, and who does too little for it.
fn measured(message: &str, work: u64, span: u64, busy: &[[u8; TIMELINE_COLUMNS]]) -> Report {
    let worker = |(thread, busy): (u32, &[u8; TIMELINE_COLUMNS])| Worker {
        thread,
        name: (thread == 2).then(|| "merger".to_owned()),
        work: work / 3,
        busy: busy.to_vec(),
    };
    let measure = Measure {
        work,
        span,
        threads: (1..).zip(busy).map(worker).collect(),
    };
    let of = |name, verdict, measure| TestReport {
        kind: Kind::Ideal,
        measured: Some(Box::new(measure)),
        ..test(name, 5, verdict)
    };
    let good = Measure {
        span: work / 3,
        ..measure.clone()
    };
    let mut slow = of("three_threads_share_the_work", Verdict::TooSlow, measure);
    slow.message = Some(message.to_owned());
    report(
        "local-copies",
        "Copies of one's own",
        vec![of("the_rest_is_fine", Verdict::Pass, good), slow],
    )
}

/// A measurement that no test of ours makes.
pub(crate) fn hostile_measure() -> Report {
    let mut report = measured("x", u64::MAX, u64::MAX, &[[255; TIMELINE_COLUMNS]; 100]);
    for worker in report.tests.iter_mut().filter_map(|test| test.measured.as_mut()) {
        worker.threads[0].busy.clear();
        worker.threads[1].name = Some("\u{1b}[2J\u{202e}evil".repeat(9));
        worker.threads[2].busy = vec![1; 100_000];
    }
    report
}

/// Tasks whose order matters.
pub(crate) fn out_of_turn() -> Report {
    turns_of(vec![
        turn(0, 0, Ending::Waits, &[at("gather", 10, 16)]),
        turn(2, 0, Ending::Waits, &[at("gather", 8, 9)]),
        turn(1, 0, Ending::Panicked, &[]),
        turn(2, 1_500_000_000, Ending::Ended, &[]),
        turn(0, 1_500_000_000, Ending::Panicked, &[]),
    ])
}

/// Turns that no test of ours takes.
pub(crate) fn hostile_turns() -> Report {
    let evil = Location {
        file: "tests/\u{1b}[2J\u{202e}evil.rs".repeat(9),
        line: u32::MAX,
        column: u32::MAX,
    };
    turns_of(vec![
        turn(u32::MAX, u64::MAX, Ending::Waits, &[evil.clone(), evil]);
        200
    ])
}

fn turn(task: u32, at_ns: u64, ending: Ending, places: &[Location]) -> Turn {
    Turn {
        task,
        at_ns,
        until: Until {
            ending,
            stacks: Vec::new(),
            at: places.to_vec(),
        },
    }
}

fn turns_of(turns: Vec<Turn>) -> Report {
    let mut failed = TestReport {
        kind: Kind::ExploreTasks,
        turns: Some(Box::new(Turns {
            found_at: 2,
            delays: 1,
            some_pass: true,
            tasks: [None, Some(at("gather", 7, 9)), Some(at("gather", 8, 9))]
                .map(|spawned| Task { spawned })
                .to_vec(),
            turns,
            left_out: 0,
            schedule: vec![0, 1, 0, 0, 0],
        })),
        ..test("in_every_order", 5, Verdict::Race)
    };
    failed.message = Some("expected 2, got 1".to_owned());
    let proved = TestReport {
        kind: Kind::ExploreTasks,
        proof: Some(Proof::Orders { executions: 24 }),
        ..test("the_rest_is_fine", 5, Verdict::Pass)
    };
    report("gather", "All at once", vec![proved, failed])
}

/// A trace that tries to write over the verdict.
pub(crate) fn hostile_trace() -> Report {
    explored("lost-update", "a_test", Verdict::Race, "x", traces::hostile())
}

/// A submission that tries to write over its verdict.
pub(crate) fn hostile() -> Report {
    let evil = "\u{1b}[2J\u{1b}[H\u{1b}[32m✓ passed\u{1b}[0m\r10/10\u{8}\u{7}\u{9b}31m \u{202e}dessap\u{202c} \u{2066}x\u{2069} a\u{200b}b\0\u{2028}c";
    let mut report = several();
    report.title = format!("All at once{evil}");
    report.tests[0].message = Some(format!("{evil}\n{}\n{}", "x".repeat(1000), "line\n".repeat(500)));
    report.tests[0].feedback = Some(evil.to_owned());
    report.tests[0].notes = vec![evil.to_owned(); 2];
    report.tests[0].output.stdout = stream(&format!(
        "gather · All at once     pass · 10 of 10 points\n\n{evil}\n{}\n\ttab\tbed\n{}",
        "y".repeat(100_000),
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\n".repeat(500),
    ));
    report.tests[1].name = format!("a_name_{}_{evil}", "that_goes_on_".repeat(8));
    report.tests[1].location = Some(Location {
        file: format!("src/\u{1b}]8;;x\u{7}{}.rs", "deep/".repeat(20)),
        line: u32::MAX,
        column: u32::MAX,
    });
    report.diagnostics[0].rendered = format!("warning: {evil}\n{}", "10 | ".to_owned() + &"z".repeat(5000));
    report
}

/// Requests that were sent one after the other, the last of which nobody wanted any more.
pub(crate) fn requests_in_a_row() -> Report {
    let second = 1_000_000_000;
    let span = |number: u64, took: u64| Span {
        name: format!("GET /stations/{number}"),
        began_ns: number * 3 * second / 2,
        end: Some((number * 3 * second / 2 + took * second / 2, timeline::End::Done)),
    };
    let mut spans: Vec<Span> = (0..3).map(|number| span(number, 3)).collect();
    spans.push(Span {
        end: Some((6 * second, timeline::End::GivenUp)),
        ..span(3, 0)
    });
    spans.push(Span {
        end: None,
        ..span(4, 0)
    });
    timeline_of(Timeline {
        of: Of::Requests,
        spans,
        left_out: 0,
        most_at_once: 1,
    })
}

/// What no test writes down.
pub(crate) fn hostile_timeline() -> Report {
    let spans = (0..300)
        .map(|number| Span {
            name: format!("{}\u{202e}\u{1b}[31m{}", "wide ".repeat(50), number),
            began_ns: u64::MAX - number,
            end: (number % 3 > 0).then_some((number, timeline::End::GivenUp)),
        })
        .collect();
    timeline_of(Timeline {
        of: Of::Jobs,
        spans,
        left_out: usize::MAX / 2,
        most_at_once: usize::MAX,
    })
}

fn timeline_of(timeline: Timeline) -> Report {
    report(
        "http-get",
        "Many pages at once",
        vec![TestReport {
            kind: Kind::VirtualTime,
            message: Some("requests in flight at once, of 5 with a limit of 3: expected 3, got 1".to_owned()),
            feedback: Some(
                "Who waits for one answer before the next request is sent has one in flight.".to_owned(),
            ),
            timeline: Some(Box::new(timeline)),
            ..test("as_many_as_allowed", 2, Verdict::WrongAnswer)
        }],
    )
}

/// A program whose children are alive one after the other, and one of which nobody waits for.
pub(crate) fn one_child_at_a_time() -> Report {
    let process = |parent, began, ended: Option<u32>, end| Process {
        parent,
        began,
        ended,
        end,
    };
    let processes = vec![
        process(None, 0, Some(7), Some(End::Exited(0))),
        process(Some(0), 1, Some(2), Some(End::Exited(0))),
        process(Some(0), 3, Some(5), Some(End::Exited(3))),
        process(Some(2), 4, None, None),
        process(Some(0), 6, None, None),
    ];
    report(
        "sum",
        "Sum up",
        vec![TestReport {
            kind: Kind::Program,
            message: Some("how many of them were alive at once: expected 4, got 1".to_owned()),
            feedback: Some("Who waits for a child before the next is started has one at a time.".to_owned()),
            processes,
            ..test("children_work_at_once", 4, Verdict::WrongAnswer)
        }],
    )
}

/// More processes than anybody wants to see.
pub(crate) fn hostile_processes() -> Report {
    let processes = (0..1000)
        .map(|number| Process {
            parent: (number > 0).then(|| u32::MAX - number),
            began: u32::MAX - number,
            ended: Some(number),
            end: Some(End::Signalled(-1)),
        })
        .collect();
    report(
        "sum",
        "Sum up",
        vec![TestReport {
            kind: Kind::Program,
            processes,
            ..test("children_work_at_once", 4, Verdict::WrongAnswer)
        }],
    )
}
