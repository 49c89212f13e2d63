//! `kata init`: a course folder of the learner's own, out of this program.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;
use include_dir::{Dir, include_dir};
use kata_course::Course;
use kata_grader::PINNED_CRATES;

use crate::{
    Exit,
    output::Output,
    session::{Misuse, seen_from_here},
};

/// The folders of the course that this program was built with; in the exercises, the starters are where learners edit (`build.rs`).
static FOLDERS: [(&str, Dir); 3] = [
    ("exercises", include_dir!("$OUT_DIR/exercises")),
    ("solutions", include_dir!("$CARGO_MANIFEST_DIR/../../solutions")),
    ("tests", include_dir!("$CARGO_MANIFEST_DIR/../../tests")),
];

/// Files at the top of the folder, as they are.
const FILES: [(&str, &str); 6] = [
    ("course.toml", include_str!("../../../../course.toml")),
    (
        "docs/course.schema.json",
        include_str!("../../../../docs/course.schema.json"),
    ),
    ("rustfmt.toml", include_str!("../../../../rustfmt.toml")),
    (".gitignore", include_str!("../../templates/init/gitignore")),
    (
        ".vscode/settings.json",
        include_str!("../../templates/init/settings.json"),
    ),
    (
        ".vscode/tasks.json",
        include_str!("../../templates/init/tasks.json"),
    ),
];

/// Where versions of crates stand.
const WORKSPACE: &str = include_str!("../../../../Cargo.toml");

/// Files that still have places to fill in.
const MANIFEST: &str = include_str!("../../templates/init/Cargo.toml");
const README: &str = include_str!("../../templates/init/README.md");

/// Writes the course into `folder`, which is not there yet or is empty.
pub(crate) fn run(folder: &Path, output: &Output) -> anyhow::Result<Exit> {
    let folder = std::path::absolute(folder).context("that folder cannot be named")?;
    if !is_free(&folder) {
        return Err(Misuse::NotEmpty { folder }.into());
    }
    let parent = folder.parent().unwrap_or(Path::new("/"));
    let cannot_write = || {
        let parent = parent.display();
        format!("nothing can be written in {parent}; choose a folder of your own, or free some space")
    };
    fs::create_dir_all(parent).with_context(cannot_write)?;
    // Beside its place, so that it is there as a whole or not at all.
    let whole = tempfile::Builder::new()
        .prefix(".kata-init-")
        .tempdir_in(parent)
        .with_context(cannot_write)?;
    let course = whole.path().join("course");
    write(&course).with_context(cannot_write)?;
    let course = Course::load(&course, PINNED_CRATES)?;
    let readme = README.replace("{{title}}", &course.title);
    fs::write(course.root.join("README.md"), readme).with_context(cannot_write)?;
    put(&course.root, &folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let shown = seen_from_here(&folder);
    output.print(&format!(
        "{} has the course `{}` now: {} exercises.\n\n  cd {0}\n  kata next       what to do first\n  kata watch      \
         grades on each save\n\nIn an editor, open the folder itself; README.md in it says what is where.\n",
        shown.display(),
        course.title,
        course.exercises.len(),
    ))?;
    Ok(Exit::Passed)
}

/// Whether nothing is there that could be lost.
fn is_free(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Everything but what depends on what the course says of itself.
fn write(course: &Path) -> io::Result<()> {
    for (name, folder) in &FOLDERS {
        let place = course.join(name);
        fs::create_dir_all(&place)?;
        folder.extract(place)?;
    }
    for (name, text) in FILES {
        let place = course.join(name);
        fs::create_dir_all(place.parent().unwrap_or(course))?;
        fs::write(place, text)?;
    }
    let dependencies = dependencies().map_err(io::Error::other)?;
    fs::write(
        course.join("Cargo.toml"),
        MANIFEST.replace("{{dependencies}}", &dependencies),
    )
}

/// The versions of the crates that exercises may use, as this program has them.
fn dependencies() -> Result<String, toml::de::Error> {
    let workspace: toml::Table = WORKSPACE.parse()?;
    let all = workspace
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(toml::Value::as_table);
    let pinned = PINNED_CRATES.iter().filter_map(|name| {
        let value = all?.get(*name)?;
        Some(format!("{name} = {value}\n"))
    });
    Ok(pinned.collect())
}

/// Moves the finished course to its place.
fn put(course: &Path, folder: &PathBuf) -> io::Result<()> {
    match fs::rename(course, folder) {
        // An empty folder in its place is replaced on most systems; where it is a mount point, say, it cannot be.
        Err(_) if folder.is_dir() => {
            for entry in fs::read_dir(course)? {
                let entry = entry?;
                fs::rename(entry.path(), folder.join(entry.file_name()))?;
            }
            Ok(())
        }
        done => done,
    }
}
