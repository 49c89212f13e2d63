//! A tiny course without a fault, in a folder of its own, for tests to break.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{Course, Exercise, LoadError, Look};

/// The crates that submissions to the tiny course can use.
pub(crate) const PINNED: [&str; 1] = ["tokio"];

/// The tiny course: `spawn-join` with one file, `gather` with one file and async tests, `pool` with two files.
pub(crate) const COURSE_TOML: &str = include_str!("fixture/course.toml");

const PLAIN_TEST: &str =
    "use kata_test::check;\n\n#[kata_test::test]\nfn in_order() {\n    check!(true);\n}\n";

const ASYNC_TESTS: &str = "\
#[kata_test::test]
async fn takes_the_longest() {}

#[kata_test::test]
async fn nothing_gives_nothing() {}
";

const FILES: [(&str, &str); 26] = [
    ("course.toml", COURSE_TOML),
    ("exercises/spawn-join/Cargo.toml", "[package]"),
    ("exercises/spawn-join/README.md", "# Spawn"),
    ("exercises/spawn-join/src/lib.rs", "// starter"),
    ("solutions/spawn-join/src/lib.rs", "// solution"),
    ("tests/spawn-join/hidden.rs", PLAIN_TEST),
    ("tests/spawn-join/starter.rs", "// starter"),
    ("tests/spawn-join/wrong/one-by-one.rs", "// wrong"),
    ("exercises/gather/Cargo.toml", "[package]"),
    ("exercises/gather/README.md", "# Gather"),
    ("exercises/gather/src/lib.rs", "// starter"),
    ("solutions/gather/src/lib.rs", "// solution"),
    ("tests/gather/hidden.rs", ASYNC_TESTS),
    ("tests/gather/starter.rs", "// starter"),
    ("tests/gather/wrong/one-by-one.rs", "// wrong"),
    ("tests/gather/wrong/no-error.rs", "// wrong"),
    ("tests/gather/right/join-set.rs", "// right"),
    ("exercises/pool/Cargo.toml", "[package]"),
    ("exercises/pool/README.md", "# Pool"),
    ("exercises/pool/src/lib.rs", "// starter lib"),
    ("exercises/pool/src/pool/worker.rs", "// starter worker"),
    ("solutions/pool/src/lib.rs", "// solution lib"),
    ("solutions/pool/src/pool/worker.rs", "// solution worker"),
    ("tests/pool/hidden.rs", PLAIN_TEST),
    ("tests/pool/starter/src/lib.rs", "// starter lib"),
    ("tests/pool/starter/src/pool/worker.rs", "// starter worker"),
];

const WRONG_POOL: [(&str, &str); 2] = [
    ("tests/pool/wrong/detached/src/lib.rs", "// wrong lib"),
    ("tests/pool/wrong/detached/src/pool/worker.rs", "// wrong worker"),
];

/// The course on disk; gone when dropped.
pub(crate) struct Fixture {
    folder: TempDir,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let fixture = Fixture {
            folder: tempfile::tempdir().unwrap(),
        };
        for (path, text) in FILES.into_iter().chain(WRONG_POOL) {
            fixture.write(path, text);
        }
        fixture
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Takes a file, a link or a folder away.
    pub(crate) fn remove(&self, path: &str) {
        let path = self.path(path);
        if path.symlink_metadata().unwrap().is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }

    /// Puts a link in the place of whatever is there.
    pub(crate) fn link(&self, path: &str, target: impl AsRef<Path>) {
        if self.path(path).symlink_metadata().is_ok() {
            self.remove(path);
        }
        std::os::unix::fs::symlink(target, self.path(path)).unwrap();
    }

    /// Replaces the one place in `course.toml` where `from` stands.
    pub(crate) fn edit(&self, from: &str, to: &str) {
        let text = self.read("course.toml");
        assert!(text.contains(from), "nothing to edit: {from}");
        self.write("course.toml", text.replacen(from, to, 1));
    }

    pub(crate) fn load(&self) -> Result<Course, LoadError> {
        Course::load(self.root(), &PINNED)
    }

    /// The course, and one exercise of it.
    pub(crate) fn exercise(&self, slug: &str) -> (Course, Exercise) {
        let course = self.load().unwrap();
        let exercise = course.exercise(slug).unwrap().clone();
        (course, exercise)
    }

    /// The screen that the broken course gives, as seen from its folder.
    pub(crate) fn screen(&self) -> String {
        match self.load() {
            Ok(_) => "no fault".to_owned(),
            Err(LoadError::Faulty(faults)) => faults.render(Look {
                seen_from: Some(self.root()),
                ..Look::default()
            }),
            Err(error) => error
                .to_string()
                .replace(&self.root().display().to_string(), "<course>"),
        }
    }
}
