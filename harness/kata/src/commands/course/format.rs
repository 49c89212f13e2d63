//! Whether the starter and the solution are formatted, as `rustfmt` has it.

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::Context;
use kata_course::{Course, Exercise, Source, locate};
use kata_grader::Toolchain;
use kata_report::course::Fault;
use tokio::process::Command;

/// The files that are not formatted. Where there is no `rustfmt`, nothing is said of any.
pub(super) async fn faults(
    toolchain: &Toolchain,
    course: &Course,
    exercise: &Exercise,
) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files(course, exercise) {
        if is_formatted(toolchain, course, &file).await? == Some(false) {
            faults.push(Fault {
                what: "this file is not formatted".to_owned(),
                place: course.relative(&file).display().to_string(),
                advice: format!("run `rustfmt --edition {}` on it", course.edition),
            });
        }
    }
    Ok(faults)
}

/// What `rustfmt` says of a file; `None` where there is none.
async fn is_formatted(toolchain: &Toolchain, course: &Course, file: &Path) -> anyhow::Result<Option<bool>> {
    let open = || format!("{} cannot be read", file.display());
    let text = fs::read(file).with_context(open)?;
    let formatted = Command::new(toolchain.rustc.with_file_name("rustfmt"))
        .args(["--quiet", "--edition", course.edition.name()])
        .current_dir(&course.root)
        // As text: by its name, the modules that it declares would be looked for beside it.
        .stdin(File::open(file).with_context(open)?)
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await;
    match formatted {
        Ok(formatted) => Ok(Some(formatted.status.success() && formatted.stdout == text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context("rustfmt cannot be run"),
    }
}

fn files(course: &Course, exercise: &Exercise) -> Vec<PathBuf> {
    let sources = [Source::Starter, Source::Solution];
    let located = sources
        .iter()
        .filter_map(|source| locate(course, exercise, source).ok());
    let files = located.flat_map(|located| located.files);
    files.map(|file| file.path).collect()
}
