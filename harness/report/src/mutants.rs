//! The screen of `kata course check --mutate`, and its JSON: which mutants of the solutions the hidden tests catch.

use kata_protocol::Verdict;
use kata_untrusted::{clean, clean_line};
use serde::Serialize;
use textwrap::core::display_width;

use crate::{
    page::{Page, count, fill, plural},
    style::{Style, Tone},
};

/// An exercise whose mutants were all graded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// Its slug.
    pub slug: String,
    /// The mutants of its solution.
    pub mutants: Vec<Mutant>,
    /// How many more there would be without a cap for each operator and function.
    pub left_out: usize,
    /// Whatever is off besides survivors: a solution that does not pass, a mark that is not true. Sentences, with code in
    /// backticks.
    pub faults: Vec<String>,
}

/// A mutant, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Mutant {
    /// Its stable name.
    pub name: String,
    /// What the mistake is.
    pub mistake: String,
    /// The file of the solution, relative to the course.
    pub file: String,
    /// The line where it begins, from 1.
    pub line: usize,
    /// The difference to the solution, as `diff -u` has it, without the names of files.
    pub diff: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Fate {
    /// A test failed.
    Caught {
        /// The test.
        test: String,
        /// What it said.
        verdict: Verdict,
    },
    /// The compiler refused it.
    NotCompiled,
    /// It breaks a rule of the exercise.
    Rejected,
    /// It passed, and is marked as no mistake.
    Equivalent {
        /// Why it is none.
        reason: String,
    },
    /// It passed, and nobody says that it may.
    Survived,
    /// There is no verdict: the harness is at fault, or the test.
    Unclear {
        /// Why.
        why: String,
    },
}

impl Exercise {
    /// Whether every mutant is caught or marked, and every mark is true.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty() && self.off().next().is_none()
    }

    /// The mutants that are to be looked at.
    fn off(&self) -> impl Iterator<Item = &Mutant> {
        self.mutants
            .iter()
            .filter(|mutant| matches!(mutant.fate, Fate::Survived | Fate::Unclear { .. }))
    }

    fn number(&self, of: impl Fn(&Fate) -> bool) -> usize {
        self.mutants.iter().filter(|mutant| of(&mutant.fate)).count()
    }

    fn numbers(&self) -> Numbers {
        Numbers {
            mutants: self.mutants.len(),
            caught: self.number(|fate| matches!(fate, Fate::Caught { .. })),
            refused: self.number(|fate| matches!(fate, Fate::NotCompiled | Fate::Rejected)),
            equivalent: self.number(|fate| matches!(fate, Fate::Equivalent { .. })),
            survived: self.number(|fate| matches!(fate, Fate::Survived)),
        }
    }
}

/// How many mutants there are of each fate.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Numbers {
    /// All of them.
    mutants: usize,
    /// Caught by a test.
    caught: usize,
    /// Refused by the compiler or by the rules.
    refused: usize,
    /// Marked as no mistake.
    equivalent: usize,
    /// To be looked at.
    survived: usize,
}

/// The screen: the mutants that survived, with their differences, and a row for each exercise.
pub fn mutated(exercises: &[Exercise], style: &Style) -> String {
    let mut page = Page::new(style);
    for exercise in exercises.iter().filter(|exercise| !exercise.is_good()) {
        page.gap();
        page.line(style.paint(Tone::Heading, &clean_line(&exercise.slug)));
        let sign = style.paint(Tone::Bad, "✗");
        for fault in &exercise.faults {
            page.say_beside(2, &sign, 2, &clean(fault));
        }
        for mutant in exercise.off() {
            page.gap();
            survivor(&mut page, mutant);
        }
    }
    page.gap();
    for exercise in exercises {
        row(&mut page, exercise, widest(exercises, style));
    }
    page.gap();
    page.say(2, &sum(exercises));
    page.finish()
}

fn survivor(page: &mut Page, mutant: &Mutant) {
    let style = page.style();
    let sign = style.paint(Tone::Bad, "✗");
    let name = clean_line(&mutant.name);
    page.line(format!("  {sign} {}", style.paint(Tone::Code, &name)));
    let said = match &mutant.fate {
        Fate::Unclear { why } => format!("cannot be graded: {}", clean(why)),
        _ => format!("passes, although {}", clean(&mutant.mistake)),
    };
    page.say(4, &said);
    let place = format!("{}:{}", mutant.file, mutant.line);
    page.text(4, Tone::Code, &clean_line(&place));
    for line in clean(&mutant.diff).lines() {
        let tone = match line.as_bytes().first() {
            Some(b'+') => Tone::Good,
            Some(b'-') => Tone::Bad,
            _ => Tone::Faint,
        };
        page.line(format!("      {}", style.paint(tone, line)));
    }
}

fn widest(exercises: &[Exercise], style: &Style) -> usize {
    let slugs = exercises
        .iter()
        .map(|exercise| display_width(&clean_line(&exercise.slug)));
    slugs.max().unwrap_or(0).min(style.width / 2)
}

fn row(page: &mut Page, exercise: &Exercise, widest: usize) {
    let style = page.style();
    let (tone, sign) = match exercise.is_good() {
        true => (Tone::Good, "✓"),
        false => (Tone::Bad, "✗"),
    };
    let numbers = exercise.numbers();
    let mut row = format!(
        "  {} {}  {:>3} {}  {:>3} caught  {:>3} refused  {:>2} equivalent",
        style.paint(tone, sign),
        fill(&clean_line(&exercise.slug), widest),
        numbers.mutants,
        fill(&plural(numbers.mutants, "mutant"), 7),
        numbers.caught,
        numbers.refused,
        numbers.equivalent,
    );
    if numbers.survived > 0 {
        let survived = format!("{} survived", numbers.survived);
        row += &format!("  {}", style.paint(Tone::Bad, &survived));
    }
    if exercise.left_out > 0 {
        row += &format!("  ({} left out)", exercise.left_out);
    }
    page.line(row);
}

fn sum(exercises: &[Exercise]) -> String {
    let all = |number: fn(&Numbers) -> usize| -> usize {
        exercises.iter().map(|exercise| number(&exercise.numbers())).sum()
    };
    let run = all(|numbers| numbers.mutants) - all(|numbers| numbers.refused);
    let (caught, equivalent) = (all(|numbers| numbers.caught), all(|numbers| numbers.equivalent));
    let counted = format!(
        "{} that can be run: {caught} caught, {equivalent} marked as no mistake",
        count(run, "mutant")
    );
    match exercises.iter().all(Exercise::is_good) {
        true => format!("{counted}. None survived."),
        false => format!(
            "{counted}; see `✗` above. For each that survives, write a test that catches it and a wrong solution that \
             shows it; or, if it does what the solution does, mark it in `course.toml` with \
             `[[exercise.equivalent]]` and the reason."
        ),
    }
}

/// The number in `schema`; see [`crate::json::SCHEMA`].
const SCHEMA: u32 = 1;

/// An exercise, as `kata course check --mutate --format json` prints it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Mutated<'a> {
    /// The version of this format.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: u32,
    /// The exercise's slug.
    exercise: &'a str,
    /// Whether every mutant is caught or marked, and every mark is true.
    catches_its_mutants: bool,
    /// How many there are of each fate.
    numbers: Numbers,
    /// How many more there would be without a cap for each operator and function.
    left_out: usize,
    /// Each mutant.
    mutants: &'a [Mutant],
    /// Whatever is off besides survivors.
    faults: &'a [String],
}

/// An exercise as one line of JSON, without the end of the line; `docs/mutants.schema.json` describes it.
pub fn mutated_json(exercise: &Exercise) -> String {
    let mutated = Mutated {
        schema: SCHEMA,
        exercise: &exercise.slug,
        catches_its_mutants: exercise.is_good(),
        numbers: exercise.numbers(),
        left_out: exercise.left_out,
        mutants: &exercise.mutants,
        faults: &exercise.faults,
    };
    serde_json::to_string(&mutated).expect("strings and numbers always have a JSON form")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    fn mutant(name: &str, fate: Fate) -> Mutant {
        Mutant {
            name: name.to_owned(),
            mistake: "one is woken, and not all".to_owned(),
            file: "solutions/missed-signal/src/lib.rs".to_owned(),
            line: 40,
            diff: "@@ -38,5 +38,5 @@\n     pub fn open(&self) {\n         *self.locked() = true;\n\
                   -        self.opened.notify_all();\n+        self.opened.notify_one();\n     }\n \n"
                .to_owned(),
            fate,
        }
    }

    fn exercises() -> Vec<Exercise> {
        let caught = || Fate::Caught {
            test: "all_are_woken".to_owned(),
            verdict: Verdict::Deadlock,
        };
        vec![
            Exercise {
                slug: "lost-update".to_owned(),
                mutants: vec![
                    mutant("split-atomic:Counter::increment:1", caught()),
                    mutant("split-atomic:Counter::increment:2", Fate::NotCompiled),
                    mutant("split-atomic:Counter::increment:3", Fate::Rejected),
                    mutant(
                        "drop-lock:Counter::value:1",
                        Fate::Equivalent {
                            reason: "Nothing is under it.".to_owned(),
                        },
                    ),
                ],
                left_out: 2,
                faults: Vec::new(),
            },
            Exercise {
                slug: "missed-signal".to_owned(),
                mutants: vec![
                    mutant("notify-one:Gate::open:1", Fate::Survived),
                    mutant(
                        "negate:Gate::open:1",
                        Fate::Unclear {
                            why: "`all_are_woken` says `harness_error`".to_owned(),
                        },
                    ),
                ],
                left_out: 0,
                faults: vec!["there is no mutant `notify-one:Gate::shut:1`: remove its mark".to_owned()],
            },
        ]
    }

    #[test]
    fn the_screen_shows_who_survived() {
        insta::assert_snapshot!("mutants_80", mutated(&exercises(), &Style::plain(80)));
        insta::assert_snapshot!("mutants_good_120", mutated(&exercises()[..1], &Style::plain(120)));
    }

    #[test]
    fn the_json_fits_its_schema() {
        schema::assert_current::<Mutated<'_>>("mutants.schema.json");
        let validator = schema::validator::<Mutated<'_>>();
        for exercise in exercises() {
            let json = serde_json::from_str(&mutated_json(&exercise)).unwrap();
            assert!(validator.is_valid(&json), "{json}");
        }
        insta::assert_snapshot!("mutants_json", mutated_json(&exercises()[0]));
    }
}
