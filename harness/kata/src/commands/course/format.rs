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

/// The `rustfmt` beside the compiler.
pub(super) struct Formatter<'a> {
    rustfmt: PathBuf,
    course: &'a Course,
}

impl<'a> Formatter<'a> {
    /// The one of the toolchain; `None` where there is none.
    pub(super) async fn find(
        toolchain: &Toolchain,
        course: &'a Course,
    ) -> anyhow::Result<Option<Formatter<'a>>> {
        let rustfmt = toolchain.rustc.with_file_name("rustfmt");
        // Asked first: a proxy of rustup is there without the component, and fails for every file.
        let asked = Command::new(&rustfmt)
            .arg("--version")
            .current_dir(&course.root)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await;
        match asked {
            Ok(answer) if answer.status.success() => Ok(Some(Formatter { rustfmt, course })),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).context("rustfmt cannot be run"),
        }
    }

    /// The files of the exercise that are not formatted.
    pub(super) async fn faults(&self, exercise: &Exercise) -> anyhow::Result<Vec<Fault>> {
        let mut faults = Vec::new();
        for file in files(self.course, exercise) {
            if !self.is_formatted(&file).await? {
                faults.push(Fault {
                    what: "this file is not formatted".to_owned(),
                    place: self.course.relative(&file).display().to_string(),
                    advice: format!("run `rustfmt --edition {}` on it", self.course.edition),
                });
            }
        }
        Ok(faults)
    }

    async fn is_formatted(&self, file: &Path) -> anyhow::Result<bool> {
        let open = || format!("{} cannot be read", file.display());
        let text = fs::read(file).with_context(open)?;
        let formatted = Command::new(&self.rustfmt)
            .args(["--quiet", "--edition", self.course.edition.name()])
            .current_dir(&self.course.root)
            // As text: by its name, the modules that it declares would be looked for beside it.
            .stdin(File::open(file).with_context(open)?)
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await
            .context("rustfmt cannot be run")?;
        Ok(formatted.status.success() && formatted.stdout == text)
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

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use kata_grader::PINNED_CRATES;

    use super::*;

    #[tokio::test]
    async fn what_is_not_there_or_does_not_run_formats_nothing() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let course = Course::load(&root, PINNED_CRATES).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let toolchain = Toolchain {
            sysroot: folder.path().to_owned(),
            rustc: folder.path().join("rustc"),
            cargo: folder.path().join("cargo"),
            version: String::new(),
        };
        let rustfmt = folder.path().join("rustfmt");
        let found = async || Formatter::find(&toolchain, &course).await.unwrap().is_some();
        assert!(!found().await);
        for (program, is_one) in [("/bin/false", false), ("/bin/true", true)] {
            symlink(program, &rustfmt).unwrap();
            assert_eq!(found().await, is_one, "{program}");
            fs::remove_file(&rustfmt).unwrap();
        }
    }
}
