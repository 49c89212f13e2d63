//! Taking a submission: the declared files and nothing else.
//!
//! Each is opened below its folder without following a link, must be a regular file of a reasonable size, and is
//! read once: what is checked is what is compiled. The learner's manifest, build script, toolchain file and
//! `.cargo` are never looked at.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use kata_course::{Course, Exercise, LocatedFile, Source};
use kata_protocol::{
    Location,
    report::{Diagnostic, Level},
};
use rustix::fs::{Mode, OFlags, ResolveFlags};

use crate::Error;

/// The largest source file, in bytes. The longest solution of the course has a few thousand.
const FILE_CAP: u64 = 256 * 1024;

/// A source file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Its path below the crate.
    pub(crate) relative: PathBuf,
    /// Its path as it is shown, and as the compiler is told: `exercises/<slug>/src/lib.rs`.
    pub(crate) shown: String,
    /// Its text.
    pub(crate) text: String,
}

#[cfg(test)]
impl SourceFile {
    /// The one file of an exercise `demo`.
    pub(crate) fn demo(text: &str) -> SourceFile {
        SourceFile {
            relative: "src/lib.rs".into(),
            shown: "exercises/demo/src/lib.rs".into(),
            text: text.into(),
        }
    }
}

/// A submission with the files that the exercise gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Submission {
    /// The editable files.
    pub(crate) files: Vec<SourceFile>,
    /// The exercise's other sources, as the course has them.
    pub(crate) given: Vec<SourceFile>,
}

/// What became of taking a submission.
#[derive(Debug)]
pub(crate) enum Taken {
    /// It can be graded.
    Submission(Submission),
    /// Its files are not what source files are.
    Refused(Vec<Diagnostic>),
}

/// Takes the submission that `source` names.
pub(crate) fn take(course: &Course, exercise: &Exercise, source: &Source) -> Result<Taken, Error> {
    let located = kata_course::locate(course, exercise, source)?;
    let mut files = Vec::new();
    let mut refused = Vec::new();
    for file in &located.files {
        let shown = shown(exercise, file.file.as_ref());
        match read(file) {
            Ok(Ok(text)) => files.push(SourceFile {
                relative: file.file.as_str().into(),
                shown,
                text,
            }),
            Ok(Err(refusal)) => refused.push(refusal.diagnostic(shown)),
            Err(source) => {
                return Err(Error::UnreadableFile {
                    file: file.path.clone(),
                    source,
                });
            }
        }
    }
    if !refused.is_empty() {
        return Ok(Taken::Refused(refused));
    }
    let given = given(course, exercise)?;
    Ok(Taken::Submission(Submission { files, given }))
}

/// The folder of the exercise's crate as it is shown, with a slash at its end.
pub(crate) fn shown_folder(exercise: &Exercise) -> String {
    format!("exercises/{}/", exercise.slug)
}

fn shown(exercise: &Exercise, relative: &Path) -> String {
    format!("{}{}", shown_folder(exercise), relative.display())
}

/// Why a file is not taken.
#[derive(Debug, PartialEq, Eq)]
enum Refusal {
    Link,
    NotRegular,
    TooLarge,
    Nul { line: u32 },
    NotUtf8 { line: u32 },
}

impl Refusal {
    fn diagnostic(self, shown: String) -> Diagnostic {
        let (code, message, line) = match self {
            Refusal::Link => (
                "link",
                "is a link, or lies behind one: put the file itself there".to_owned(),
                None,
            ),
            Refusal::NotRegular => ("no-file", "is no regular file".to_owned(), None),
            Refusal::TooLarge => (
                "too-large",
                format!(
                    "is larger than {} KiB: no exercise needs that much",
                    FILE_CAP / 1024
                ),
                None,
            ),
            Refusal::Nul { line } => (
                "binary",
                "holds a NUL byte: is it a text file? Save it as UTF-8 text".to_owned(),
                Some(line),
            ),
            Refusal::NotUtf8 { line } => (
                "encoding",
                "is not UTF-8 text: save it with that encoding".to_owned(),
                Some(line),
            ),
        };
        let location = line.map(|line| Location {
            file: shown.clone(),
            line,
            column: 1,
        });
        let place = location
            .as_ref()
            .map_or_else(|| shown.clone(), |at| format!("{}:{}", at.file, at.line));
        Diagnostic {
            level: Level::Error,
            code: Some(code.to_owned()),
            rendered: format!("error: {place} {message}"),
            message: format!("{shown} {message}"),
            location,
        }
    }
}

/// Reads one file of a submission.
fn read(file: &LocatedFile) -> io::Result<Result<String, Refusal>> {
    let relative: &Path = file.file.as_ref();
    let (folder, name) = match file.path.ancestors().nth(relative.components().count()) {
        Some(folder) if folder.join(relative) == file.path => (folder, relative),
        _ => (
            match file.path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => parent,
                _ => Path::new("."),
            },
            Path::new(file.path.file_name().unwrap_or_default()),
        ),
    };
    // What stands before a bare name is the empty path, which cannot be opened.
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let opened = open_below(folder, name);
    let mut opened = match opened {
        Err(error) if error == rustix::io::Errno::LOOP => return Ok(Err(Refusal::Link)),
        opened => opened?,
    };
    let metadata = opened.metadata()?;
    if !metadata.is_file() {
        return Ok(Err(Refusal::NotRegular));
    }
    let mut bytes = Vec::new();
    (&mut opened).take(FILE_CAP + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_CAP {
        return Ok(Err(Refusal::TooLarge));
    }
    Ok(text(bytes))
}

/// Opens `name` below `folder` for reading, following no link on the way, and without waiting where it is a pipe.
/// See openat2(2).
fn open_below(folder: &Path, name: &Path) -> rustix::io::Result<File> {
    let folder = rustix::fs::open(
        folder,
        OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC,
        Mode::empty(),
    )?;
    let file = rustix::fs::openat2(
        &folder,
        name,
        OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY,
        Mode::empty(),
        ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS,
    )?;
    Ok(File::from(file))
}

fn text(bytes: Vec<u8>) -> Result<String, Refusal> {
    let line_of = |at: usize| {
        let lines = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        u32::try_from(lines).unwrap_or(u32::MAX)
    };
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Refusal::Nul { line: line_of(at) });
    }
    if let Err(error) = std::str::from_utf8(&bytes) {
        return Err(Refusal::NotUtf8 {
            line: line_of(error.valid_up_to()),
        });
    }
    Ok(String::from_utf8(bytes).expect("it was just found to be UTF-8"))
}

/// The hidden tests of the exercise.
pub(crate) fn hidden(course: &Course, exercise: &Exercise) -> Result<SourceFile, Error> {
    let file = course.layout(exercise).hidden();
    let relative = file.strip_prefix(&course.root).unwrap_or(&file).to_owned();
    match fs::read_to_string(&file) {
        Ok(text) => Ok(SourceFile {
            shown: relative.display().to_string(),
            relative,
            text,
        }),
        Err(source) => Err(Error::Course { file, source }),
    }
}

/// The sources of the exercise's crate that the learner does not edit.
///
/// Hidden files are passed over, as are links and whatever else is no regular file: editors and operating systems
/// leave such things beside a source (`.#lib.rs`, `._lib.rs`), a link may lead round in a circle, and a pipe would
/// be waited for.
fn given(course: &Course, exercise: &Exercise) -> Result<Vec<SourceFile>, Error> {
    let crate_folder = course.layout(exercise).exercise();
    let mut given = Vec::new();
    let mut open = vec![crate_folder.join("src")];
    while let Some(folder) = open.pop() {
        let at = |source| Error::Course {
            file: folder.clone(),
            source,
        };
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(at)?,
        };
        for entry in entries {
            let entry = entry.map_err(at)?;
            // The kind of the entry itself: a link is a link.
            let kind = entry.file_type().map_err(at)?;
            let path = entry.path();
            let relative = path.strip_prefix(&crate_folder).unwrap_or(&path).to_owned();
            let editable = exercise
                .editable
                .iter()
                .any(|file| Path::new(file.as_str()) == relative);
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let source = path.extension().is_some_and(|extension| extension == "rs");
            if hidden || editable {
                continue;
            }
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() && source {
                let text =
                    fs::read_to_string(&path).map_err(|source| Error::Course { file: path, source })?;
                given.push(SourceFile {
                    shown: shown(exercise, &relative),
                    relative,
                    text,
                });
            }
        }
    }
    given.sort_by(|a, b| a.relative.cmp(&b.relative));
    Ok(given)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use kata_course::RelativePath;

    use super::*;

    fn read_in(folder: &Path) -> io::Result<Result<String, Refusal>> {
        let file = RelativePath::new("src/lib.rs").unwrap();
        read(&LocatedFile {
            path: folder.join("src/lib.rs"),
            file,
        })
    }

    fn folder_with(content: &[u8]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("src")).unwrap();
        fs::write(folder.path().join("src/lib.rs"), content).unwrap();
        folder
    }

    #[test]
    fn a_source_file_is_taken() {
        assert_eq!(
            read_in(folder_with(b"fn f() {}").path()).unwrap(),
            Ok("fn f() {}".to_owned())
        );
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        assert_eq!(
            read_in(folder_with(b"a\nb\0").path()).unwrap(),
            Err(Refusal::Nul { line: 2 })
        );
        assert_eq!(
            read_in(folder_with(b"\n\n\xff").path()).unwrap(),
            Err(Refusal::NotUtf8 { line: 3 })
        );
        let large = vec![b'x'; 10 << 20];
        assert_eq!(
            read_in(folder_with(&large).path()).unwrap(),
            Err(Refusal::TooLarge)
        );
    }

    #[test]
    fn links_are_not_followed_wherever_they_are() {
        let elsewhere = folder_with(b"secret");
        let folder = tempfile::tempdir().unwrap();
        symlink(elsewhere.path().join("src"), folder.path().join("src")).unwrap();
        assert_eq!(read_in(folder.path()).unwrap(), Err(Refusal::Link));

        let folder = folder_with(b"");
        fs::remove_file(folder.path().join("src/lib.rs")).unwrap();
        symlink(
            elsewhere.path().join("src/lib.rs"),
            folder.path().join("src/lib.rs"),
        )
        .unwrap();
        assert_eq!(read_in(folder.path()).unwrap(), Err(Refusal::Link));
    }

    #[test]
    fn a_folder_or_a_pipe_is_no_source_file() {
        let folder = folder_with(b"");
        let file = folder.path().join("src/lib.rs");
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!(read_in(folder.path()).unwrap(), Err(Refusal::NotRegular));
        fs::remove_dir(&file).unwrap();
        rustix::fs::mknodat(rustix::fs::CWD, &file, rustix::fs::FileType::Fifo, Mode::RWXU, 0).unwrap();
        assert_eq!(read_in(folder.path()).unwrap(), Err(Refusal::NotRegular));
    }

    #[test]
    fn a_missing_file_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            read_in(folder.path()).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}
