//! A course made for a test, and kata run in it as its users run it.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use assert_cmd::Command;
use tempfile::TempDir;

/// A copy of `tests/course` with a cache of its own, whose runtime was built before.
pub(crate) struct Fixture {
    folder: TempDir,
}

/// How long a whole check may take before the test calls it hung. Far more than any needs, on any machine.
const HUNG: std::time::Duration = std::time::Duration::from_secs(300);

impl Fixture {
    pub(crate) fn new() -> Fixture {
        Fixture::with_course("course")
    }

    /// The same with a copy of another course of `tests`.
    pub(crate) fn with_course(name: &str) -> Fixture {
        let fixture = Fixture::of(name);
        fs::create_dir(fixture.cache()).unwrap();
        symlink(shared_cache().join("runtimes"), fixture.cache().join("runtimes")).unwrap();
        fixture
    }

    /// The same with a course in which nothing is yet.
    pub(crate) fn without_course() -> Fixture {
        let fixture = Fixture::new();
        fs::remove_dir_all(fixture.course()).unwrap();
        fs::create_dir(fixture.course()).unwrap();
        fixture
    }

    /// The same with a cache in which nothing is yet.
    pub(crate) fn without_runtime() -> Fixture {
        Fixture::of("course")
    }

    fn of(course: &str) -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Fixture { folder };
        copy(&data(course), &fixture.course());
        fixture
    }

    /// The same with a runtime of which `facade` is known: how submissions come to see it; `None` if nothing is.
    pub(crate) fn with_facade(facade: Option<&str>) -> Fixture {
        let fixture = Fixture::without_runtime();
        for runtime in fs::read_dir(shared_cache().join("runtimes")).unwrap() {
            let runtime = runtime.unwrap();
            let own = fixture.cache().join("runtimes").join(runtime.file_name());
            fs::create_dir_all(&own).unwrap();
            // A compiler is shown this folder, and not where a link would lead.
            copy(&runtime.path().join("deps"), &own.join("deps"));
            fs::copy(runtime.path().join("runtime.json"), own.join("runtime.json")).unwrap();
            if let Some(facade) = facade {
                fs::write(own.join("facade"), facade).unwrap();
            }
        }
        fixture
    }

    pub(crate) fn course(&self) -> PathBuf {
        self.folder.path().join("course")
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    /// The file that the learner edits.
    pub(crate) fn submission(&self, slug: &str) -> PathBuf {
        self.course().join("exercises").join(slug).join("src/lib.rs")
    }

    /// Replaces the learner's file.
    pub(crate) fn submit(&self, slug: &str, text: impl AsRef<[u8]>) {
        fs::write(self.submission(slug), text).unwrap();
    }

    /// Puts the solution where the learner's file is.
    pub(crate) fn solve(&self, slug: &str) {
        let solution = self.course().join("solutions").join(slug).join("src/lib.rs");
        fs::copy(solution, self.submission(slug)).unwrap();
    }

    /// kata in the course's folder.
    pub(crate) fn kata(&self, arguments: &[&str]) -> Command {
        let mut kata = Command::from_std(self.command());
        kata.args(arguments).timeout(HUNG);
        kata
    }

    /// The same, to be started and spoken to by hand.
    pub(crate) fn command(&self) -> std::process::Command {
        let mut kata = std::process::Command::new(env!("CARGO_BIN_EXE_kata"));
        kata.current_dir(self.course())
            .env("KATA_CACHE", self.cache())
            .env_remove("NO_COLOR");
        kata
    }

    /// A check's JSON, whatever its verdict.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.kata(arguments).args(["--format", "json"]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{error}: {text:?}, {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// Checks that nothing of ours is left: no process, and no folder of work under way.
    pub(crate) fn assert_nothing_is_left(&self) {
        let scratch = self.cache().join("scratch");
        let left: Vec<PathBuf> = fs::read_dir(&scratch)
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default();
        assert_eq!(left, Vec::<PathBuf>::new(), "scratch folders are left");
        let own = self.folder.path().canonicalize().unwrap();
        let processes: Vec<String> = fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| {
                let process = entry.ok()?.path();
                let inside = ["exe", "cwd"].iter().any(|link| {
                    fs::read_link(process.join(link)).is_ok_and(|target| target.starts_with(&own))
                });
                inside.then(|| fs::read_to_string(process.join("cmdline")).unwrap_or_default())
            })
            .collect();
        assert_eq!(processes, Vec::<String>::new(), "processes are left");
    }
}

/// The folder of test data `name`.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// A cache in the target folder whose runtime is built, once for all tests.
pub(crate) fn shared_cache() -> &'static Path {
    static CACHE: OnceLock<PathBuf> = OnceLock::new();
    CACHE.get_or_init(|| {
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kata-cache");
        let fixture = Fixture::without_runtime();
        fixture
            .kata(&["check", "demo", "--solution"])
            .env("KATA_CACHE", &cache)
            .assert()
            .success();
        cache
    })
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
