//! Compiles a learner's crate as the grader does.
#![allow(dead_code, reason = "each test uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The compiler, with the facade that was built for this test.
pub(crate) struct Rustc {
    folder: tempfile::TempDir,
    libraries: PathBuf,
    facade: PathBuf,
}

impl Rustc {
    pub(crate) fn new() -> Self {
        Rustc::with("libkata_std-")
    }

    /// With the facade that counts references.
    pub(crate) fn counted() -> Self {
        Rustc::with("libkata_std_counted-")
    }

    /// With the facade that sees what blocks the event loop.
    pub(crate) fn of_async_code() -> Self {
        Rustc::with("libkata_std_async-")
    }

    fn with(facade: &str) -> Self {
        let test = std::env::current_exe().unwrap();
        let libraries = test.parent().unwrap().to_owned();
        let facade = newest(&libraries, facade);
        Rustc {
            folder: tempfile::tempdir().unwrap(),
            libraries,
            facade,
        }
    }

    /// Compiles `learner` on the facade and `driver` against it, and gives what the driver prints.
    pub(crate) fn run(&self, edition: &str, learner: &str, driver: &str) -> String {
        let output = self.learner(edition, learner);
        assert!(
            output.status.success(),
            "edition {edition}: {}",
            text(&output.stderr)
        );
        let library = self.folder.path().join("liblearner.rlib");
        let extern_learner = format!("learner={}", library.display());
        self.program("driver", driver, &["--extern", &extern_learner])
    }

    /// As [`Rustc::run`], in the newest edition, with a driver that may name the model.
    pub(crate) fn explore(&self, learner: &str, driver: &str) -> String {
        let output = self.learner("2024", learner);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let learner = format!("learner={}", self.folder.path().join("liblearner.rlib").display());
        let model = self.model();
        self.program("driver", driver, &["--extern", &learner, "--extern", &model])
    }

    /// The option that lets a crate name the model.
    pub(crate) fn model(&self) -> String {
        format!("kata_model={}", self.model_of_the_facade().display())
    }

    /// The very model that the facade is built on. Another one, left by an older build, would explore nothing: the
    /// facade's threads would not be its threads.
    fn model_of_the_facade(&self) -> PathBuf {
        let facade = fs::read(&self.facade).unwrap();
        let names_it = |library: &PathBuf| {
            let name = library.file_stem().unwrap().to_string_lossy().into_owned();
            // A crate's metadata names its dependencies by what their files have behind the crate's name.
            let suffix = name.trim_start_matches("libkata_model").as_bytes().to_vec();
            facade.windows(suffix.len()).any(|bytes| bytes == suffix)
        };
        let mut models = libraries(&self.libraries, "libkata_model-").filter(names_it);
        models.next().unwrap()
    }

    /// Compiles `source` as a program, on the real std unless `options` say otherwise, and gives what it prints.
    pub(crate) fn program(&self, name: &str, source: &str, options: &[&str]) -> String {
        let output = self.compile(
            name,
            source,
            &[&["--edition", "2024", "--crate-type", "bin"], options].concat(),
        );
        assert!(output.status.success(), "{}", text(&output.stderr));
        let run = Command::new(self.folder.path().join(name)).output().unwrap();
        assert!(run.status.success(), "{}", text(&run.stderr));
        text(&run.stdout)
    }

    /// What the compiler says of a crate that it must not accept.
    pub(crate) fn errors(&self, edition: &str, learner: &str) -> String {
        let output = self.learner(edition, learner);
        assert!(!output.status.success(), "this must not compile:\n{learner}");
        text(&output.stderr)
    }

    /// Whether the compiler accepts a crate to which the facade is known by these names.
    pub(crate) fn accepts(&self, edition: &str, source: &str, names: &[&str]) -> bool {
        let facades: Vec<String> = names.iter().map(|name| self.facade(name)).collect();
        let mut options = vec!["--edition", edition, "--crate-type", "rlib", "--emit", "metadata"];
        options.extend(facades.iter().flat_map(|facade| ["--extern", facade]));
        self.compile("accepted", source, &options).status.success()
    }

    /// What the compiler has against a program to which the facade is known by these names, a line each.
    pub(crate) fn refusals(&self, source: &str, names: &[&str]) -> String {
        let facades: Vec<String> = names.iter().map(|name| self.facade(name)).collect();
        let mut options = vec![
            "--edition",
            "2024",
            "--emit",
            "metadata",
            "--error-format",
            "short",
        ];
        options.extend(facades.iter().flat_map(|facade| ["--extern", facade]));
        text(&self.compile("refused", source, &options).stderr)
    }

    /// The option that puts the facade in the place of a crate.
    pub(crate) fn facade(&self, name: &str) -> String {
        format!("{name}={}", self.facade.display())
    }

    fn learner(&self, edition: &str, source: &str) -> Output {
        let (std, core) = (self.facade("std"), self.facade("core"));
        let mut options = vec![
            "--edition",
            edition,
            "--crate-type",
            "rlib",
            "-F",
            "unsafe_code",
            "--extern",
            &std,
        ];
        // In 2015 every crate that is named on the command line joins the paths of the crate itself.
        if source.contains("core::") {
            options.extend(["--extern", &core]);
        }
        self.compile("learner", source, &options)
    }

    fn compile(&self, name: &str, source: &str, options: &[&str]) -> Output {
        let file = format!("{name}.rs");
        fs::write(self.folder.path().join(&file), source).unwrap();
        Command::new("rustc")
            .current_dir(self.folder.path())
            .args(["--crate-name", name])
            .args(options)
            .arg("-L")
            .arg(format!("dependency={}", self.libraries.display()))
            .arg(file)
            .output()
            .unwrap()
    }
}

/// The library that was built last.
fn newest(folder: &Path, prefix: &str) -> PathBuf {
    libraries(folder, prefix)
        .max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap())
        .unwrap()
}

fn libraries<'a>(folder: &Path, prefix: &'a str) -> impl Iterator<Item = PathBuf> + use<'a> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(move |path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with(prefix) && name.ends_with(".rlib")
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
