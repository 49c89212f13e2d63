//! `kata course check --mutate`: slightly wrong versions of each solution are graded, and the tests have to catch them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use kata_course::{Course, EntryPart, Equivalent, Exercise, LocatedFile, Source, entry_place, locate};
use kata_grader::Grader;
use kata_protocol::{Verdict, report::Report};
use kata_report::mutants::{self, Fate, Mutant};
use tokio::{sync::Semaphore, task::JoinSet};
use tokio_util::sync::CancellationToken;

use super::{check, examine};
use crate::{
    Exit,
    arguments::{CourseCheck, ListFormat},
    grading::{self, Confine},
    output::Output,
    progress::Progress,
    session::Session,
};

/// Grades the mutants of the exercises, and says which of them pass.
pub(super) async fn run(
    asked: &CourseCheck,
    session: &Session,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    let exercises = session.exercises(&asked.slugs)?;
    // What is the same as before is answered from before: a teacher writes one test, and asks again.
    let grader = grading::grader(session, Confine::AsGoodAsItGets, true, cancel).await?;
    let progress = Progress::start();
    let show = |event| progress.show(event);
    grader.prepare(&exercises, &show).await?;
    let mutated = grade_all(&grader, &exercises, &progress).await?;
    drop(progress);
    match asked.format {
        ListFormat::Human => output.print(&mutants::mutated(&mutated, &output.style))?,
        ListFormat::Json => {
            for exercise in &mutated {
                output.print(&format!("{}\n", mutants::mutated_json(exercise)))?;
            }
        }
    }
    let good = mutated.iter().all(mutants::Exercise::is_good);
    Ok(if good { Exit::Passed } else { Exit::NotPassed })
}

/// A mutant as it is graded.
struct Made {
    mutant: kata_mutate::Mutant,
    /// The file that differs from the solution.
    file: LocatedFile,
}

/// The mutants of an exercise.
struct OfExercise {
    made: Vec<Made>,
    left_out: usize,
    /// The whole solution, as what stands in each file.
    texts: Vec<(LocatedFile, String)>,
}

/// Makes the mutants of every editable file of the solution.
fn make(course: &Course, exercise: &Exercise) -> anyhow::Result<OfExercise> {
    let located = locate(course, exercise, &Source::Solution)?;
    let mut of = OfExercise {
        made: Vec::new(),
        left_out: 0,
        texts: Vec::new(),
    };
    for file in located.files {
        let text = fs::read_to_string(&file.path)
            .with_context(|| format!("{} cannot be read", file.path.display()))?;
        let mutants = kata_mutate::mutants(&text, &module(file.file.as_str()))
            .with_context(|| format!("{} is not to be parsed", file.path.display()))?;
        of.left_out += mutants.left_out;
        of.made.extend(mutants.mutants.into_iter().map(|mutant| Made {
            mutant,
            file: file.clone(),
        }));
        of.texts.push((file, text));
    }
    Ok(of)
}

/// The module that a file is: `bank::account::` for `src/bank/account.rs`.
fn module(file: &str) -> String {
    let path = file.strip_prefix("src/").unwrap_or(file);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" | "main" => String::new(),
        _ => path.replace('/', "::") + "::",
    }
}

impl OfExercise {
    /// Writes a mutant where it can be graded.
    fn write(&self, made: &Made, folder: &Path) -> std::io::Result<PathBuf> {
        let text = |file: &LocatedFile, text: &str| match *file == made.file {
            true => made.mutant.text.clone(),
            false => text.to_owned(),
        };
        if let [(file, original)] = &*self.texts {
            let path = folder.join("submission.rs");
            fs::create_dir_all(folder)?;
            fs::write(&path, text(file, original))?;
            return Ok(path);
        }
        for (file, original) in &self.texts {
            let path = folder.join(&file.file);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(&path, text(file, original))?;
        }
        Ok(folder.to_owned())
    }
}

/// Grades everything: for each exercise its solution, and then its mutants.
async fn grade_all(
    grader: &Grader,
    exercises: &[Exercise],
    progress: &Progress,
) -> anyhow::Result<Vec<mutants::Exercise>> {
    let folder = tempfile::tempdir().context("there is no room for the mutants")?;
    let turns = Arc::new(Semaphore::new(check::at_once()));
    let mut running = JoinSet::new();
    let mut all = Vec::new();
    for (number, exercise) in exercises.iter().enumerate() {
        let of = make(&grader.course, exercise)?;
        let mut sources = vec![(None, Source::Solution)];
        for (place, made) in of.made.iter().enumerate() {
            let path = folder.path().join(&exercise.slug).join(place.to_string());
            let path = of.write(made, &path).context("a mutant cannot be written")?;
            sources.push((Some(place), Source::Path(path)));
        }
        all.push(of);
        for (place, source) in sources {
            let (grader, turns) = (grader.clone(), Arc::clone(&turns));
            // Marks make no difference to a result, so they are no reason to grade again.
            let exercise = Exercise {
                equivalent: Vec::new(),
                ..exercise.clone()
            };
            running.spawn(async move {
                let _turn = turns.acquire().await;
                let graded = grader.grade(&exercise, &source, &|_| ()).await;
                let told = || format!("a mutant of `{}` cannot be graded", exercise.slug);
                let report = graded.with_context(told)?.report;
                anyhow::Ok((number, place, report))
            });
        }
    }
    progress.begin("grading the mutants of the solutions", running.len());
    let mut reports = BTreeMap::new();
    while let Some(joined) = running.join_next().await {
        let (number, place, report) = joined.context("a check of a mutant broke off")??;
        reports.insert((number, place), report);
        progress.one_more();
    }
    let sorted = exercises.iter().zip(all).enumerate();
    Ok(sorted
        .map(|(number, (exercise, of))| {
            let report = |place| &reports[&(number, place)];
            sort(&grader.course, exercise, of, &report)
        })
        .collect())
}

/// What became of each mutant, and which marks are not true.
fn sort<'a>(
    course: &Course,
    exercise: &Exercise,
    of: OfExercise,
    report: &dyn Fn(Option<usize>) -> &'a Report,
) -> mutants::Exercise {
    let mut faults = Vec::new();
    let solution = report(None);
    if !solution.verdict.is_pass() {
        faults.push(format!(
            "the solution does not pass, so nothing is said of its mutants: {}",
            examine::reason(solution)
        ));
    }
    let marked_at = |mutant: &str| entry_place(course, &exercise.slug, EntryPart::Equivalent(mutant));
    let names: BTreeSet<&str> = of.made.iter().map(|made| &*made.mutant.name).collect();
    for mark in &exercise.equivalent {
        if !names.contains(&*mark.mutant) {
            faults.push(format!(
                "there is no mutant `{}` of the solution: remove its mark, `{}`",
                mark.mutant,
                marked_at(&mark.mutant)
            ));
        }
    }
    let mut mutants = Vec::new();
    for (place, made) in of.made.into_iter().enumerate() {
        let mark = exercise
            .equivalent
            .iter()
            .find(|mark| mark.mutant == made.mutant.name);
        let fate = fate(report(Some(place)), mark);
        if mark.is_some() && !matches!(fate, Fate::Equivalent { .. }) {
            faults.push(format!(
                "`{}` is marked as no mistake, and does not pass: remove its mark, `{}`",
                made.mutant.name,
                marked_at(&made.mutant.name)
            ));
        }
        mutants.push(Mutant {
            name: made.mutant.name,
            mistake: made.mutant.says,
            file: course.relative(&made.file.path).display().to_string(),
            line: made.mutant.line,
            diff: made.mutant.diff,
            fate,
        });
    }
    mutants::Exercise {
        slug: exercise.slug.clone(),
        mutants,
        left_out: of.left_out,
        faults,
    }
}

/// What became of a mutant.
fn fate(report: &Report, mark: Option<&Equivalent>) -> Fate {
    match (report.verdict, mark) {
        _ if report.is_fault_of_harness() => Fate::Unclear {
            why: examine::reason(report),
        },
        (Verdict::CompileError, _) => Fate::NotCompiled,
        (Verdict::Rejected, _) => Fate::Rejected,
        (Verdict::Pass, Some(mark)) => Fate::Equivalent {
            reason: mark.reason.clone(),
        },
        (Verdict::Pass, None) => Fate::Survived,
        (verdict, _) => {
            let by = report.tests.iter().find(|run| run.verdict == verdict);
            Fate::Caught {
                test: by.map(|run| run.name.clone()).unwrap_or_default(),
                verdict,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_module() {
        for (file, is) in [
            ("src/lib.rs", ""),
            ("src/main.rs", ""),
            ("src/bank.rs", "bank::"),
            ("src/bank/account.rs", "bank::account::"),
            ("src/bank/mod.rs", "bank::"),
        ] {
            assert_eq!(module(file), is, "{file}");
        }
    }
}
