//! From the results of an exercise's submissions to what is off.

use kata_course::{Course, EntryPart, Exercise, Layout, LocatedFile, Source, Wrong, entry_place, locate};
use kata_protocol::{
    Location, Verdict,
    report::{Diagnostic, Report, TestReport},
};
use kata_report::course::{self, Fault, Proved, Role, Submission};

use super::{
    check::{Graded, Outcome},
    texts,
};

/// What the results of all submissions say of an exercise.
pub(super) fn examine(course: &Course, exercise: &Exercise, graded: &Graded) -> course::Exercise {
    let outcomes = &graded.outcomes;
    let examiner = Examiner { course, exercise };
    let mut faults = texts::faults(course, exercise);
    if exercise.hints.is_empty() {
        faults.push(examiner.no_hints());
    }
    for outcome in outcomes {
        faults.extend(examiner.of_outcome(outcome));
    }
    match &graded.broken_tests {
        Some(said) => faults.push(examiner.broken_tests(said)),
        None => faults.extend(examiner.passed_by_everything(outcomes)),
    }
    let solution = outcomes.iter().find(|outcome| outcome.source == Source::Solution);
    course::Exercise {
        slug: exercise.slug.clone(),
        tests: exercise.tests.len(),
        submissions: outcomes.iter().map(submission).collect(),
        proved: solution
            .map(|outcome| proved(&outcome.report))
            .unwrap_or_default(),
        // Somebody else looks at that.
        format_checked: false,
        faults,
    }
}

fn submission(outcome: &Outcome) -> Submission {
    let (role, name) = match &outcome.source {
        Source::Starter => (Role::Starter, None),
        Source::Wrong(name) => (Role::Wrong, Some(name)),
        Source::Right(name) => (Role::Right, Some(name)),
        Source::Solution | Source::Learner | Source::Path(_) => (Role::Solution, None),
    };
    Submission {
        role,
        name: name.cloned(),
        verdict: outcome.report.verdict,
    }
}

fn proved(report: &Report) -> Vec<Proved> {
    let proved = |test: &TestReport| {
        Some(Proved {
            test: test.name.clone(),
            proof: test.proof?,
        })
    };
    report.tests.iter().filter_map(proved).collect()
}

/// Looks at one exercise.
struct Examiner<'a> {
    course: &'a Course,
    exercise: &'a Exercise,
}

impl Examiner<'_> {
    fn layout(&self) -> Layout<'_> {
        self.course.layout(self.exercise)
    }

    /// Where a submission is, for people: where the compiler or the rules refuse it, with the line.
    fn place(&self, source: &Source, report: &Report) -> String {
        match (report.verdict, report.diagnostics.first()) {
            (Verdict::CompileError | Verdict::Rejected, Some(said)) => self.place_of(source, said),
            _ => place(self.course, self.exercise, source),
        }
    }

    /// Where a message stands: diagnostics name the files of a submission as if it were the learner's.
    fn place_of(&self, source: &Source, said: &Diagnostic) -> String {
        let of = |at: &Location| {
            let located = locate(self.course, self.exercise, source).ok()?;
            let named = located.files.iter().find(|file| self.learners(file) == at.file)?;
            let path = self.course.relative(&named.path);
            Some(format!("{}:{}", path.display(), at.line))
        };
        let line = said.location.as_ref().and_then(of);
        line.unwrap_or_else(|| place(self.course, self.exercise, source))
    }

    /// What a file is called in the learner's crate.
    fn learners(&self, file: &LocatedFile) -> String {
        format!("exercises/{}/{}", self.exercise.slug, file.file)
    }

    /// Why a submission did not pass, in a line, with its files by their own names.
    fn reason(&self, source: &Source, report: &Report) -> String {
        let located = locate(self.course, self.exercise, source);
        let files = located.map(|located| located.files).unwrap_or_default();
        files.iter().fold(reason(report), |said, file| {
            let path = self.course.relative(&file.path).display().to_string();
            said.replace(&self.learners(file), &path)
        })
    }

    /// Where a part of the exercise's entry is, for people.
    fn entry(&self, part: EntryPart<'_>) -> String {
        entry_place(self.course, &self.exercise.slug, part)
    }

    fn no_hints(&self) -> Fault {
        Fault {
            what: "there are no hints".to_owned(),
            place: self.entry(EntryPart::Hints),
            advice: "give some in `hints = [\"…\"]`, from a nudge to nearly the answer".to_owned(),
        }
    }

    /// Hidden tests that the compiler refuses: what it says first, and where.
    fn broken_tests(&self, said: &str) -> Fault {
        let first = said.lines().next().unwrap_or_default();
        let hidden = self.layout().hidden();
        let hidden = self.course.relative(&hidden).display().to_string();
        let arrow = said
            .lines()
            .find_map(|line| line.trim_start().strip_prefix("--> "));
        Fault {
            what: format!("the hidden tests do not compile against the solution: {first}"),
            place: arrow
                .filter(|place| place.starts_with(&hidden))
                .map_or(hidden.clone(), str::to_owned),
            advice: format!(
                "mend them; `kata check {} --solution` shows all that the compiler says",
                self.exercise.slug
            ),
        }
    }

    /// What is off with the result of one submission.
    fn of_outcome(&self, outcome: &Outcome) -> Vec<Fault> {
        let (source, report) = (&outcome.source, &outcome.report);
        let changes = outcome.other.as_ref().map(|other| {
            let (once, then) = (verdicts(report), verdicts(other));
            let how = match once == then {
                true => format!("{once}, in other words"),
                false => format!("first {once}, then {then}"),
            };
            self.fault(
                source,
                report,
                &format!("does not get the same result each time: {how}"),
                "let the tests state facts in which luck and time have no say",
            )
        });
        let result = match source {
            _ if report.is_fault_of_harness() => Some(self.fault(
                source,
                report,
                &format!("cannot be graded: {}", reason(report)),
                "mend the hidden tests, or give them more room",
            )),
            Source::Starter => self.of_starter(report),
            Source::Wrong(name) => {
                let wrong = self.exercise.wrong.iter().find(|wrong| wrong.name == *name);
                wrong.and_then(|wrong| self.of_wrong(wrong, report))
            }
            _ => self.of_right(source, report),
        };
        changes.into_iter().chain(result).collect()
    }

    fn of_starter(&self, report: &Report) -> Option<Fault> {
        match report.verdict {
            Verdict::Pass => Some(self.fault(
                &Source::Starter,
                report,
                "passes: there is nothing to do",
                "leave the task open in it, or test for more",
            )),
            Verdict::CompileError | Verdict::Rejected => Some(self.fault(
                &Source::Starter,
                report,
                &format!("cannot be run: {}", self.reason(&Source::Starter, report)),
                match report.verdict {
                    Verdict::Rejected => {
                        "let it keep to the rules: a learner begins with mistakes of their own"
                    }
                    _ => "let it compile: a learner begins with mistakes of their own",
                },
            )),
            _ => self.warned(
                &Source::Starter,
                report,
                "compiles",
                "mend what it warns of: a learner begins with warnings of their own",
            ),
        }
    }

    fn of_right(&self, source: &Source, report: &Report) -> Option<Fault> {
        if !report.verdict.is_pass() {
            return Some(self.fault(
                source,
                report,
                &format!("does not pass: {}", self.reason(source, report)),
                "mend it, or the test: hidden tests grade the task, not one way of doing it",
            ));
        }
        if *source != Source::Solution {
            return None;
        }
        let advice = "mend what it warns of: solutions are read as examples";
        self.warned(source, report, "passes", advice)
    }

    /// What is off with a submission that was run, and that the compiler warned of.
    fn warned(&self, source: &Source, report: &Report, does: &str, advice: &str) -> Option<Fault> {
        let warning = report.diagnostics.first()?;
        let what = format!("{does} with a warning of the compiler: {}", warning.message);
        let mut fault = self.fault(source, report, &what, advice);
        fault.place = self.place_of(source, warning);
        Some(fault)
    }

    fn of_wrong(&self, wrong: &Wrong, report: &Report) -> Option<Fault> {
        let source = Source::Wrong(wrong.name.clone());
        let entry = self.entry(EntryPart::Wrong(&wrong.name));
        let Some(test) = &wrong.test else {
            return (report.verdict != wrong.verdict).then(|| {
                let due = wrong.verdict.name();
                self.fault(
                    &source,
                    report,
                    &format!("should be `{due}`, and is not: {}", self.reason(&source, report)),
                    &format!("mend it, or name the verdict that it gets in `{entry}`"),
                )
            });
        };
        let Some(run) = report.tests.iter().find(|run| run.name == *test) else {
            return Some(self.fault(
                &source,
                report,
                &format!(
                    "is not run, so `{test}` cannot catch it: {}",
                    self.reason(&source, report)
                ),
                "let it compile, and keep to the rules of the exercise",
            ));
        };
        let advice = match run.verdict {
            got if got == wrong.verdict => return None,
            Verdict::Pass => {
                format!("let that test see what is wrong, or name the test that does in `{entry}`")
            }
            _ => format!(
                "name the verdict that it gets in `{entry}`, if that is what a learner should be told"
            ),
        };
        Some(self.fault(
            &source,
            report,
            &format!(
                "should get `{}` from `{test}`, and gets `{}`; all in all: {}",
                wrong.verdict.name(),
                run.verdict.name(),
                verdicts(report)
            ),
            &advice,
        ))
    }

    /// Tests that no submission of the course fails: nobody knows that they can.
    fn passed_by_everything(&self, outcomes: &[Outcome]) -> Vec<Fault> {
        let runs = || outcomes.iter().flat_map(|outcome| &outcome.report.tests);
        let fails = |name: &str| runs().any(|run| run.name == name && !run.verdict.is_pass());
        let idle = self.exercise.tests.iter().filter(|test| !fails(&test.name));
        let fault = |test: &kata_course::Test| Fault {
            what: format!(
                "the test `{}` is passed by everything: by the starter, and by every wrong solution",
                test.name
            ),
            place: self
                .course
                .relative(&self.layout().hidden())
                .display()
                .to_string(),
            advice: "add a wrong solution that it catches, or remove it".to_owned(),
        };
        idle.map(fault).collect()
    }

    fn fault(&self, source: &Source, report: &Report, what: &str, advice: &str) -> Fault {
        let whose = match source {
            Source::Starter => "--starter".to_owned(),
            Source::Wrong(name) => format!("--wrong {name}"),
            Source::Right(name) => format!("--right {name}"),
            Source::Solution | Source::Learner | Source::Path(_) => "--solution".to_owned(),
        };
        Fault {
            what: format!("{source} {what}"),
            place: self.place(source, report),
            advice: format!("{advice}; `kata check {} {whose}` shows more", self.exercise.slug),
        }
    }
}

/// Where a submission is, for people.
pub(super) fn place(course: &Course, exercise: &Exercise, source: &Source) -> String {
    let located = locate(course, exercise, source);
    let first = located.ok().and_then(|located| located.files.into_iter().next());
    match first {
        Some(file) => course.relative(&file.path).display().to_string(),
        None => exercise.slug.clone(),
    }
}

/// The verdicts of the tests that failed, or that of the whole.
fn verdicts(report: &Report) -> String {
    let failed = report.tests.iter().filter(|run| !run.verdict.is_pass());
    let failed: Vec<String> = failed
        .map(|run| format!("`{}` {}", run.name, run.verdict.name()))
        .collect();
    match failed.is_empty() {
        true => format!("`{}`", report.verdict.name()),
        false => failed.join(", "),
    }
}

/// Why it did not pass, in a line.
pub(super) fn reason(report: &Report) -> String {
    let failed = report.tests.iter().find(|run| run.verdict == report.verdict);
    let (said, by) = match (failed, report.diagnostics.first()) {
        (Some(run), _) => (run.message.as_deref(), format!("`{}` says ", run.name)),
        (None, diagnostic) => (diagnostic.map(|said| &*said.message), String::new()),
    };
    let said = said.and_then(|said| said.lines().next());
    let said = said.map(|said| format!(", {said}")).unwrap_or_default();
    format!("{by}`{}`{said}", report.verdict.name())
}
