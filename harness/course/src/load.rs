//! A course from its folder, and the folder of a course from anywhere in it.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    Course, Fault, Faults,
    read::read,
    source_text::{ReadError, SourceText, Span, read_capped},
};

/// The name of the file that makes a folder a course.
pub(crate) const COURSE_FILE: &str = "course.toml";

/// A course that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// `course.toml` could not be read at all.
    #[error("{}{}", .0, hint(.0))]
    Read(#[from] ReadError),
    /// It was read, and something is wrong with the course.
    #[error("{0}")]
    Faulty(Faults),
}

fn hint(error: &ReadError) -> &'static str {
    match error {
        ReadError::Missing(_) | ReadError::NotAFile(_) => "; --course DIR names the folder of a course",
        ReadError::TooBig(_) | ReadError::Io { .. } => "",
    }
}

/// No folder from here upward is a course.
#[derive(Debug, thiserror::Error)]
#[error("no course.toml in {} or a folder above it; go to a course, or name one with --course DIR", .start.display())]
pub struct NoCourse {
    /// Where the search began.
    pub start: PathBuf,
}

impl Course {
    /// Reads and validates a course, given its folder or its `course.toml`. `pinned` is the set of crates that
    /// submissions can use.
    ///
    /// # Errors
    ///
    /// When `course.toml` cannot be read, or with everything that is wrong with the course.
    ///
    /// ```
    /// use kata_course::{Course, LoadError, Look};
    ///
    /// match Course::load("my-course".as_ref(), &["tokio"]) {
    ///     Ok(course) => println!("{}: {} exercises", course.title, course.exercises.len()),
    ///     Err(LoadError::Faulty(faults)) => eprintln!("{}", faults.render(Look::default())),
    ///     Err(error) => eprintln!("{error}"),
    /// }
    /// ```
    pub fn load(folder_or_file: &Path, pinned: &[&str]) -> Result<Course, LoadError> {
        let path = std::path::absolute(folder_or_file).map_err(|source| ReadError::Io {
            path: folder_or_file.to_owned(),
            source,
        })?;
        let file = if path.is_dir() {
            path.join(COURSE_FILE)
        } else {
            path
        };
        let bytes = read_capped(&file)?;
        let root = file.parent().unwrap_or(Path::new("/"));
        let faulty = |faults| LoadError::Faulty(Faults::new(root, faults));
        let name = file.file_name().map(PathBuf::from).unwrap_or_default();
        let text = text(name, bytes).map_err(|fault| faulty(vec![*fault]))?;
        read(&text, root, pinned).map_err(faulty)
    }

    /// The folder of the course that `start` is in: the nearest one upward with a `course.toml`.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn find(start: &Path) -> Result<PathBuf, NoCourse> {
        let no_course = || NoCourse {
            start: start.to_owned(),
        };
        let absolute = std::path::absolute(start).map_err(|_: io::Error| no_course())?;
        let is_course = |folder: &&Path| folder.join(COURSE_FILE).symlink_metadata().is_ok();
        let found = absolute.ancestors().find(is_course);
        found.map(Path::to_owned).ok_or_else(no_course)
    }
}

/// The bytes as a text that can be parsed and shown.
fn text(path: PathBuf, bytes: Vec<u8>) -> Result<Arc<SourceText>, Box<Fault>> {
    let (text, bad_at) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    };
    let source = Arc::new(SourceText { path, text });
    let byte_at = |at: usize| Span {
        start: at,
        end: at + 1,
    };
    if let Some(at) = bad_at {
        let fault = Fault::at(
            &source,
            byte_at(at),
            "this is not UTF-8 text",
            "no character of UTF-8",
        );
        return Err(Box::new(fault.help("save the file as UTF-8")));
    }
    if let Some(at) = source.text.find('\0') {
        let fault = Fault::at(
            &source,
            byte_at(at),
            "this is no text: it holds a NUL",
            "a zero byte",
        );
        return Err(Box::new(
            fault.help("remove it; an editor that was cut off leaves such bytes behind"),
        ));
    }
    if source.text.trim().is_empty() {
        let fault = Fault::whole(&source, "this file is empty");
        return Err(Box::new(
            fault.help("a course begins with `format = 1` and a `[course]` table"),
        ));
    }
    Ok(source)
}

#[cfg(test)]
mod tests;
