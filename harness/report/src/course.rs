//! The screen of `kata course check`, and its JSON: whether exercises grade what they claim.

use std::borrow::Cow;

use kata_protocol::{Verdict, trace::Proof};
use kata_untrusted::{clean, clean_line};
use serde::Serialize;
use textwrap::core::display_width;

use crate::{
    page::{Page, count, fill, grouped, plural},
    screen::proof,
    style::{Style, Tone},
};

/// An exercise whose submissions were all graded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// Its slug.
    pub slug: String,
    /// How many hidden tests it has.
    pub tests: usize,
    /// Everything that was graded.
    pub submissions: Vec<Submission>,
    /// What the tests that explore have proved of the solution.
    pub proved: Vec<Proved>,
    /// Whether somebody looked at how starter and solution are formatted: not where there is no `rustfmt`.
    pub format_checked: bool,
    /// Whatever is off; an exercise without a fault grades what it claims.
    pub faults: Vec<Fault>,
}

/// A submission of the course that was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Submission {
    /// What it is there for.
    pub role: Role,
    /// Its name under `wrong/` or `right/`; none for the starter and the solution.
    pub name: Option<String>,
    /// What it got.
    pub verdict: Verdict,
}

/// What a submission of a course is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What the learner begins with: it compiles and does not pass.
    Starter,
    /// The reference, which passes.
    Solution,
    /// Another road, which passes.
    Right,
    /// It gets its verdict from its test.
    Wrong,
}

/// What a test has proved of the solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The test.
    pub test: String,
    /// How sure its pass is.
    pub proof: Proof,
}

/// Something of an exercise that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fault {
    /// What is off, in a sentence.
    pub what: String,
    /// Where: a file, relative to the course.
    pub place: String,
    /// What to do about it; code in backticks.
    pub advice: String,
}

impl Exercise {
    fn number(&self, role: Role) -> usize {
        let of_role = self.submissions.iter().filter(|one| one.role == role);
        of_role.count()
    }

    /// Executions that its tests took for the solution, where they explore.
    fn executions(&self) -> u64 {
        self.proved.iter().map(|proved| proved.proof.executions()).sum()
    }
}

impl Proved {
    /// Whether nothing was left out.
    fn is_proof(&self) -> bool {
        matches!(self.proof, Proof::Exhausted { .. } | Proof::Orders { .. })
    }
}

/// The screen: what was proved, what is off, and at the end a row for each exercise. Each submission was graded `repeat` times.
pub fn checked(exercises: &[Exercise], repeat: usize, style: &Style) -> String {
    let mut page = Page::new(style);
    for exercise in exercises {
        proofs(&mut page, exercise);
    }
    for exercise in exercises.iter().filter(|exercise| !exercise.faults.is_empty()) {
        page.gap();
        let slug = clean_line(&exercise.slug);
        page.line(style.paint(Tone::Heading, &slug));
        for fault in &exercise.faults {
            told(&mut page, fault);
        }
    }
    page.gap();
    table(&mut page, exercises);
    page.gap();
    page.say(2, &sum(exercises, repeat));
    if exercises.iter().any(|exercise| !exercise.format_checked) {
        page.say(
            2,
            "Nobody looked at how starters and solutions are formatted: there is no `rustfmt` beside the compiler. \
             `rustup component add rustfmt` brings it.",
        );
    }
    page.finish()
}

fn proofs(page: &mut Page, exercise: &Exercise) {
    if exercise.proved.is_empty() {
        return;
    }
    let style = page.style();
    let slug = clean_line(&exercise.slug);
    page.line(style.paint(Tone::Heading, &slug));
    let names = exercise.proved.iter().map(|proved| clean_line(&proved.test));
    let widest = names.map(|name| display_width(&name)).max().unwrap_or(0);
    for proved in &exercise.proved {
        let (tone, sign) = match proved.is_proof() {
            true => (Tone::Good, "✓"),
            false => (Tone::Warning, "·"),
        };
        let name = fill(&clean_line(&proved.test), widest.min(style.width / 2));
        let label = format!("{} {name}", style.paint(tone, sign));
        let column = widest.min(style.width / 2) + 5;
        page.say_beside(2, &label, column, &proof::summary(&proved.proof));
    }
}

fn told(page: &mut Page, fault: &Fault) {
    let sign = page.style().paint(Tone::Bad, "✗");
    page.say_beside(2, &sign, 2, &clean(&fault.what));
    page.text(4, Tone::Code, &clean_line(&fault.place));
    page.say(4, &clean(&fault.advice));
}

fn table(page: &mut Page, exercises: &[Exercise]) {
    let style = page.style();
    let slugs = exercises
        .iter()
        .map(|exercise| display_width(&clean_line(&exercise.slug)));
    let widest = slugs.max().unwrap_or(0).min(style.width / 2);
    for exercise in exercises {
        let (tone, sign) = match exercise.faults.len() {
            0 => (Tone::Good, "✓"),
            _ => (Tone::Bad, "✗"),
        };
        let slug = fill(&clean_line(&exercise.slug), widest);
        let mut row = format!(
            "  {} {slug}  {:>2} {}  {:>2} wrong  {:>2} right",
            style.paint(tone, sign),
            exercise.tests,
            fill(&plural(exercise.tests, "test"), 5),
            exercise.number(Role::Wrong),
            exercise.number(Role::Right),
        );
        if !exercise.proved.is_empty() {
            let proofs = exercise.proved.iter().filter(|proved| proved.is_proof()).count();
            row += &format!(
                "  {proofs} of {} proved, {} {}",
                exercise.proved.len(),
                grouped(exercise.executions()),
                match exercise.executions() {
                    1 => "execution",
                    _ => "executions",
                }
            );
        }
        if !exercise.faults.is_empty() {
            let faults = count(exercise.faults.len(), "fault");
            row += &format!("  {}", style.paint(Tone::Bad, &faults));
        }
        page.line(row);
    }
}

fn sum(exercises: &[Exercise], repeat: usize) -> String {
    let good = exercises
        .iter()
        .filter(|exercise| exercise.faults.is_empty())
        .count();
    let submissions = exercises.iter().map(|exercise| exercise.submissions.len()).sum();
    let times = match repeat {
        1 => String::new(),
        times => format!(", {times} times each"),
    };
    let all = format!("{}{times}", count(submissions, "submission"));
    match (good, exercises.len()) {
        (0, 0) => "There is no exercise yet: `kata course new SLUG` adds one.".to_owned(),
        (1, 1) => format!("The exercise grades what it claims: {all}."),
        (good, number) if good == number => format!("All {number} exercises grade what they claim: {all}."),
        (good, number) => {
            format!("{good} of {number} exercises grade what they claim ({all}): see `✗` above.")
        }
    }
}

/// An exercise as one line of JSON, without the end of the line; `docs/course-check.schema.json` describes it.
pub fn checked_json(exercise: &Exercise, repeat: usize) -> String {
    let proved = exercise.proved.iter().map(|proved| ProvedJson {
        test: clean_line(&proved.test),
        proof: proof::summary(&proved.proof),
        executions: proved.proof.executions(),
        exhausted: proved.is_proof(),
    });
    let check = Checked {
        schema: SCHEMA,
        exercise: clean_line(&exercise.slug),
        grades_what_it_claims: exercise.faults.is_empty(),
        repeat,
        submissions: &exercise.submissions,
        proved: proved.collect(),
        format_checked: exercise.format_checked,
        faults: exercise.faults.iter().map(clean_fault).collect(),
    };
    serde_json::to_string(&check).expect("strings and numbers always have a JSON form")
}

fn clean_fault(fault: &Fault) -> Fault {
    Fault {
        what: clean(&fault.what).into_owned(),
        place: clean_line(&fault.place).into_owned(),
        advice: clean(&fault.advice).into_owned(),
    }
}

/// The number in `schema`; see [`crate::json::SCHEMA`].
const SCHEMA: u32 = 1;

/// An exercise, as `kata course check --format json` prints it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Checked<'a> {
    /// The version of this format.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: u32,
    /// The exercise's slug.
    exercise: Cow<'a, str>,
    /// Whether nothing is off.
    grades_what_it_claims: bool,
    /// How often each submission was graded.
    repeat: usize,
    /// Everything that was graded.
    submissions: &'a [Submission],
    /// What the tests that explore have proved of the solution.
    proved: Vec<ProvedJson<'a>>,
    /// Whether somebody looked at how starter and solution are formatted: not where there is no `rustfmt`.
    format_checked: bool,
    /// Whatever is off.
    faults: Vec<Fault>,
}

/// What a test has proved of the solution.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Proved"))]
struct ProvedJson<'a> {
    /// The test.
    test: Cow<'a, str>,
    /// How sure its pass is, in words.
    proof: String,
    /// Executions that it took.
    executions: u64,
    /// Whether every order was tried.
    exhausted: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    fn submission(role: Role, name: Option<&str>, verdict: Verdict) -> Submission {
        Submission {
            role,
            name: name.map(str::to_owned),
            verdict,
        }
    }

    fn exercises() -> Vec<Exercise> {
        let exhausted = Proof::Exhausted {
            executions: 1234,
            spurious: true,
            weak_orderings: false,
        };
        let bounded = Proof::Bounded {
            preemptions: 2,
            executions: 50_000,
            weak_orderings: false,
        };
        let proved = |test: &str, proof| Proved {
            test: test.to_owned(),
            proof,
        };
        vec![
            Exercise {
                slug: "lost-update".to_owned(),
                tests: 6,
                submissions: vec![
                    submission(Role::Starter, None, Verdict::Race),
                    submission(Role::Solution, None, Verdict::Pass),
                    submission(Role::Wrong, Some("load-then-store"), Verdict::Race),
                    submission(Role::Right, Some("with-a-lock"), Verdict::Pass),
                ],
                proved: vec![
                    proved("no_update_is_lost", exhausted),
                    proved("ten_threads", bounded),
                ],
                format_checked: true,
                faults: Vec::new(),
            },
            Exercise {
                slug: "greet".to_owned(),
                tests: 1,
                submissions: vec![
                    submission(Role::Starter, None, Verdict::Pass),
                    submission(Role::Solution, None, Verdict::Pass),
                ],
                proved: Vec::new(),
                format_checked: false,
                faults: vec![Fault {
                    what: "the starter passes: there is nothing to do".to_owned(),
                    place: "tests/greet/starter.rs".to_owned(),
                    advice: "leave the task open in it, or test for more; see `kata check greet --starter`"
                        .to_owned(),
                }],
            },
        ]
    }

    #[test]
    fn the_screen_ends_with_a_row_for_each_exercise() {
        insta::assert_snapshot!("course_check_80", checked(&exercises(), 5, &Style::plain(80)));
        insta::assert_snapshot!(
            "course_check_good_120",
            checked(&exercises()[..1], 1, &Style::plain(120))
        );
    }

    #[test]
    fn the_json_fits_its_schema() {
        schema::assert_current::<Checked<'_>>("course-check.schema.json");
        let validator = schema::validator::<Checked<'_>>();
        for exercise in exercises() {
            let json = serde_json::from_str(&checked_json(&exercise, 1)).unwrap();
            assert!(validator.is_valid(&json), "{json}");
        }
        insta::assert_snapshot!("course_check_json", checked_json(&exercises()[0], 1));
    }
}
