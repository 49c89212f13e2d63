//! `[[exercise.wrong]]`, `[[exercise.right]]` and `[[exercise.equivalent]]`

use kata_protocol::Verdict;

use super::{
    Entry, Reader,
    words::{all, listed, paragraph, phrase, slug},
};
use crate::{Equivalent, Right, Wrong, names, nearest::nearest, source_text::At};

/// Reads the wrong solutions of an exercise.
pub(super) fn wrong(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Vec<Wrong>> {
    let entries = entry.tables("wrong");
    let files: Vec<_> = entries.iter().filter_map(|wrong| wrong.text("file")).collect();
    reader.report_repeated("wrong solution", &files);
    let tests = TestNames::of(reader, entry);
    all(entries.iter().map(|wrong| one_wrong(reader, *wrong, &tests)))
}

fn one_wrong(reader: &mut Reader<'_>, entry: Entry<'_>, tests: &TestNames<'_>) -> Option<Wrong> {
    let name = entry.text("file").and_then(|file| solution_name(reader, file));
    let verdict = entry.text("verdict").and_then(|text| wrong_verdict(reader, text));
    let test = entry.text("test");
    match (verdict, test) {
        (Some(verdict), Some(test)) if never_runs(verdict) => {
            let message = format!("no test gives the verdict `{verdict}`");
            let fault = reader.fault(test.span, message, "no test is run");
            reader.report(fault.help("remove the `test` line"));
        }
        (Some(verdict), None) if !never_runs(verdict) && !reader.damage.spoils(entry.span) => {
            let message = "`[[exercise.wrong]]` has no `test`";
            let fault = reader.fault(entry.span, message, "which test must catch it?");
            reader.report(fault.help(format!("add `test = …` with the test that gives it `{verdict}`")));
        }
        (_, Some(test)) => tests.expect(reader, test),
        (_, None) => {}
    }
    Some(Wrong {
        name: name?,
        verdict: verdict?,
        test: test.map(|test| test.value.to_owned()),
    })
}

/// Whether a submission with this verdict never gets as far as a test.
fn never_runs(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::CompileError | Verdict::Rejected)
}

fn wrong_verdict(reader: &mut Reader<'_>, text: At<&str>) -> Option<Verdict> {
    let of_a_submission = |verdict: &Verdict| !matches!(verdict, Verdict::Pass | Verdict::HarnessError);
    let fault = match text.value.parse::<Verdict>() {
        Ok(verdict) if of_a_submission(&verdict) => return Some(verdict),
        Ok(verdict) => {
            let message = format!("a wrong solution cannot get `{verdict}`");
            let (label, help) = match verdict {
                Verdict::Pass => (
                    "then it would be right",
                    "a solution that must pass is an `[[exercise.right]]`",
                ),
                _ => (
                    "never a submission's fault",
                    "name what is wrong with the solution, such as `wrong_answer`",
                ),
            };
            reader.fault(text.span, message, label).help(help)
        }
        Err(unknown) => {
            let fault = reader.fault(text.span, unknown.to_string(), "unknown verdict");
            let known = || {
                Verdict::ALL
                    .into_iter()
                    .filter(of_a_submission)
                    .map(Verdict::name)
            };
            fault.help(match nearest(text.value, known()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the verdicts are {}", listed(known())),
            })
        }
    };
    reader.report(fault);
    None
}

/// Reads the right solutions of an exercise.
pub(super) fn right(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Vec<Right>> {
    let entries = entry.tables("right");
    let files: Vec<_> = entries.iter().filter_map(|right| right.text("file")).collect();
    reader.report_repeated("right solution", &files);
    let right = |entry: &Entry<'_>| {
        let name = entry.text("file").and_then(|file| solution_name(reader, file));
        Some(Right { name: name? })
    };
    all(entries.iter().map(right))
}

/// Reads the mutants of an exercise's solution that are no mistake.
pub(super) fn equivalent(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Vec<Equivalent>> {
    let entries = entry.tables("equivalent");
    let mutants: Vec<_> = entries.iter().filter_map(|mark| mark.text("mutant")).collect();
    reader.report_repeated("mutant", &mutants);
    let mark = |entry: &Entry<'_>| {
        let mutant = entry
            .text("mutant")
            .and_then(|name| phrase(reader, "mutant", name));
        let reason = entry
            .text("reason")
            .and_then(|reason| paragraph(reader, "reason", reason));
        Some(Equivalent {
            mutant: mutant?,
            reason: reason?,
        })
    };
    all(entries.iter().map(mark))
}

fn solution_name(reader: &mut Reader<'_>, file: At<&str>) -> Option<String> {
    let without_ending = file.value.strip_suffix(".rs").unwrap_or(file.value);
    if without_ending != file.value && names::slug_fault(without_ending).is_none() {
        let fault = reader.fault(file.span, "the name of a solution has no ending", "without `.rs`");
        reader.report(fault.help(format!("write `file = \"{without_ending}\"`")));
        return None;
    }
    slug(reader, "the name of a solution", file)
}

/// The names of an exercise's tests, where all of them are known.
struct TestNames<'t> {
    names: Vec<&'t str>,
    complete: bool,
}

impl<'t> TestNames<'t> {
    fn of(reader: &Reader<'_>, entry: Entry<'t>) -> Self {
        let tests = entry.tables("test");
        let names: Vec<_> = tests
            .iter()
            .filter_map(|test| Some(test.text("name")?.value))
            .collect();
        // Of a list with a gap nobody can say what is not in it.
        let sound =
            names.len() == tests.len() && names.iter().all(|name| names::test_name_fault(name).is_none());
        let complete = !reader.damage.any() && !tests.is_empty() && sound;
        TestNames { names, complete }
    }

    fn expect(&self, reader: &mut Reader<'_>, test: At<&str>) {
        if !self.complete || self.names.contains(&test.value) {
            return;
        }
        let message = format!("there is no test `{}`", test.value);
        let fault = reader.fault(test.span, message, "no test of this exercise");
        reader.report(fault.help(match nearest(test.value, self.names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the tests are {}", listed(self.names.iter().copied())),
        }));
    }
}
