//! The paths of editable files: always inside the crate, and spelt in one way only.

use std::{fmt, path::Path};

/// The path of a source file below its crate, such as `src/lib.rs`: it starts with `src/`, ends in `.rs`,
/// is separated by `/`, and holds neither `.` nor `..`, so joined to a folder it always stays below that folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelativePath(String);

/// Why a text is no [`RelativePath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    /// It starts with `/`.
    #[error("it is absolute, and would leave the exercise")]
    Absolute,
    /// It holds a part `..`.
    #[error("it holds `..`, and would leave the exercise")]
    Traversal,
    /// It holds `.`, an empty part, a backslash or a control character: it can be written more simply.
    #[error("it is not written as a plain path with `/`")]
    NotPlain,
    /// It is no Rust source below `src/`: everything else of a submission is ignored.
    #[error("only Rust sources below `src/` are taken from a submission")]
    NotSource,
}

impl RelativePath {
    /// Checks a text.
    ///
    /// # Errors
    ///
    /// When it is no path of a source file inside a crate.
    pub fn new(text: &str) -> Result<Self, BadPath> {
        let windows_drive = text.as_bytes().get(1) == Some(&b':');
        if text.starts_with(['/', '\\']) || windows_drive {
            return Err(BadPath::Absolute);
        }
        if text.split(['/', '\\']).any(|part| part == "..") {
            return Err(BadPath::Traversal);
        }
        let plain = |part: &str| !part.is_empty() && part != "." && part.trim() == part;
        if text.contains('\\') || text.contains(char::is_control) || !text.split('/').all(plain) {
            return Err(BadPath::NotPlain);
        }
        match text
            .strip_prefix("src/")
            .and_then(|rest| rest.strip_suffix(".rs"))
        {
            Some(stem) if !stem.is_empty() && !stem.ends_with('/') => Ok(RelativePath(text.to_owned())),
            _ => Err(BadPath::NotSource),
        }
    }

    /// The path as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<Path> for RelativePath {
    fn as_ref(&self) -> &Path {
        Path::new(&self.0)
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_below_src_is_a_path() {
        for good in ["src/lib.rs", "src/main.rs", "src/pool/worker.rs"] {
            assert_eq!(RelativePath::new(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn what_leaves_the_crate_or_is_no_source_is_refused() {
        for (bad, why) in [
            ("/etc/passwd", BadPath::Absolute),
            ("C:/lib.rs", BadPath::Absolute),
            ("\\\\host\\lib.rs", BadPath::Absolute),
            ("../gather/src/lib.rs", BadPath::Traversal),
            ("src/../../lib.rs", BadPath::Traversal),
            ("src\\..\\lib.rs", BadPath::Traversal),
            ("./src/lib.rs", BadPath::NotPlain),
            ("src//lib.rs", BadPath::NotPlain),
            ("src/a\0.rs", BadPath::NotPlain),
            ("", BadPath::NotPlain),
            ("src/", BadPath::NotPlain),
            ("src/.rs", BadPath::NotSource),
            ("src/a/.rs", BadPath::NotSource),
            ("src/lib.txt", BadPath::NotSource),
            ("build.rs", BadPath::NotSource),
            ("Cargo.toml", BadPath::NotSource),
        ] {
            assert_eq!(RelativePath::new(bad), Err(why), "{bad:?}");
        }
    }
}
