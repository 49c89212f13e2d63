//! A file of the course, read with a cap, and places in it.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

/// The largest file that is read, in bytes. `course.toml` and `hidden.rs` are a hundredth of it.
pub(crate) const FILE_CAP: u64 = 1024 * 1024;

/// A file that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing of that name.
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    /// A folder, a pipe, a device.
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// It is larger than 1 MiB.
    #[error("{} is larger than 1 MiB, the largest file that kata reads", .0.display())]
    TooBig(PathBuf),
    /// The system refused.
    #[error("{} cannot be read: {source}; look at its permissions", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Reads a regular file of at most [`FILE_CAP`] bytes.
pub(crate) fn read_capped(path: &Path) -> Result<Vec<u8>, ReadError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Missing(path.to_owned()),
        _ => ReadError::Io {
            path: path.to_owned(),
            source,
        },
    };
    // Looked at before it is opened: to open a pipe is to wait for its writer.
    let metadata = path.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile(path.to_owned()));
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(FILE_CAP) as usize);
    let file = File::open(path).map_err(failed)?;
    file.take(FILE_CAP + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > FILE_CAP {
        return Err(ReadError::TooBig(path.to_owned()));
    }
    Ok(bytes)
}

/// Where something stands in a text: byte offsets, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Span {
            start: range.start,
            end: range.end,
        }
    }
}

/// A value with where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// The text of a file, and what the file is called.
#[derive(Debug)]
pub(crate) struct SourceText {
    /// Relative to the course.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl SourceText {
    /// The span with both ends inside the text and on character borders, in order, as a renderer needs it.
    pub(crate) fn clamp(&self, span: Span) -> Span {
        let start = self.text.floor_char_boundary(span.start);
        let end = self.text.ceil_char_boundary(span.end.min(self.text.len()));
        Span {
            start,
            end: end.max(start),
        }
    }

    /// Line and column of an offset, both from 1, the column in characters.
    pub(crate) fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> SourceText {
        SourceText {
            path: "a".into(),
            text: text.into(),
        }
    }

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let text = text("äb\nc");
        assert_eq!(text.line_column(0), (1, 1));
        assert_eq!(text.line_column(2), (1, 2));
        assert_eq!(text.line_column(4), (2, 1));
        assert_eq!(text.line_column(99), (2, 2));
    }

    #[test]
    fn any_span_becomes_one_that_can_be_shown() {
        let text = text("äb");
        assert_eq!(text.clamp(Span { start: 1, end: 1 }), Span { start: 0, end: 2 });
        assert_eq!(text.clamp(Span { start: 9, end: 4 }), Span { start: 3, end: 3 });
    }

    #[test]
    fn only_regular_files_of_a_sane_size_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        assert!(matches!(read_capped(&path), Err(ReadError::Missing(_))));
        assert!(matches!(read_capped(dir.path()), Err(ReadError::NotAFile(_))));
        assert!(matches!(
            read_capped(Path::new("/dev/zero")),
            Err(ReadError::NotAFile(_))
        ));
        std::fs::write(&path, vec![b'x'; FILE_CAP as usize]).unwrap();
        assert_eq!(read_capped(&path).unwrap().len() as u64, FILE_CAP);
        std::fs::write(&path, vec![b'x'; FILE_CAP as usize + 1]).unwrap();
        assert!(matches!(read_capped(&path), Err(ReadError::TooBig(_))));
    }
}
