//! What threads, objects and places are called: on the screen, in a table and in a sentence alike.

use std::collections::{BTreeMap, BTreeSet};

use kata_protocol::{Location, trace::Trace};
use kata_untrusted::clean_line;

use crate::page::cut;

/// A name is not shown wider than this.
const WIDEST: usize = 28;

/// Nor a file's name wider than this.
const WIDEST_FILE: usize = 12;

/// The thread that is the test's own.
const TEST: u32 = 0;

/// Kinds of objects that stand for a thread, or for a part of another object, and are never shown themselves.
pub(crate) const INTERNAL: [&str; 5] = ["thread", "park token", "signal", "gate", "senders"];

/// The names of everything in a trace.
pub(crate) struct Names<'a> {
    trace: &'a Trace,
    threads: Vec<String>,
    objects: Vec<String>,
    /// The file that most steps are in: its lines need no name.
    main: Option<&'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn of(trace: &'a Trace) -> Names<'a> {
        let mut names = Names {
            trace,
            threads: Vec::new(),
            objects: Vec::new(),
            main: main_file(trace),
        };
        let threads = trace.threads.iter().enumerate();
        let threads = threads.map(|(at, thread)| match (&thread.name, at) {
            (_, 0) => "the test".to_owned(),
            (Some(name), _) if !name.trim().is_empty() => name_of(name),
            (_, at) => format!("thread {at}"),
        });
        names.threads = told_apart(threads.map(|name| (name, true)).collect());
        let objects = trace.objects.iter().map(|object| {
            let name = match &object.name {
                Some(name) if !name.trim().is_empty() => name_of(name),
                // Made by std itself, for `Arc::default()` say: its lines are nobody's to read.
                _ if is_std(&object.created.file) => name_of(&object.kind),
                _ => format!("{} of {}", name_of(&object.kind), names.line_of(&object.created)),
            };
            (name, !INTERNAL.contains(&object.kind.as_str()))
        });
        names.objects = told_apart(objects.collect());
        names
    }

    /// `thread 2`, the name it was given, or `the test`.
    pub(crate) fn thread(&self, thread: u32) -> String {
        let name = self.threads.get(thread as usize);
        name.cloned().unwrap_or_else(|| format!("thread {thread}"))
    }

    /// The same with where it was spawned: `thread 2 (line 12)`.
    pub(crate) fn spawned(&self, thread: u32) -> String {
        let name = self.thread(thread);
        match self.trace.threads.get(thread as usize) {
            Some(info) if thread != TEST && !is_test(&info.spawned.file) && !is_std(&info.spawned.file) => {
                format!("{name} ({})", self.line_of(&info.spawned))
            }
            _ => name,
        }
    }

    /// `counter`, or `Mutex of line 7`.
    pub(crate) fn object(&self, object: u32) -> String {
        let name = self.objects.get(object as usize);
        name.cloned().unwrap_or_else(|| format!("object {object}"))
    }

    /// A line in a table: `13`, `test`, or `queue:13` for a line of another file.
    pub(crate) fn line(&self, location: &Location) -> String {
        match self.file(location) {
            File::Main => location.line.to_string(),
            File::Test => "test".to_owned(),
            File::Std => "std".to_owned(),
            File::Other(stem) => format!("{stem}:{}", location.line),
        }
    }

    /// A line in a sentence: `line 13`, `the test`, or `queue:13`.
    pub(crate) fn line_of(&self, location: &Location) -> String {
        match self.file(location) {
            File::Main => format!("line {}", location.line),
            File::Test => "the test".to_owned(),
            File::Std => "a line of std".to_owned(),
            File::Other(_) => self.line(location),
        }
    }

    /// A place in a sentence, with its preposition: `at 13:28`, `in the test`.
    pub(crate) fn at(&self, location: &Location) -> String {
        match self.file(location) {
            File::Test => "in the test".to_owned(),
            File::Std => "inside std".to_owned(),
            _ => format!("at {}:{}", self.line(location), location.column),
        }
    }

    /// The learner's file that most steps are in.
    pub(crate) fn main(&self) -> Option<&'a str> {
        self.main
    }

    /// The objects that the test made for itself.
    pub(crate) fn of_test(&self) -> BTreeSet<u32> {
        let objects = self.trace.objects.iter().enumerate();
        let own = objects.filter(|(_, object)| is_test(&object.created.file));
        own.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
    }

    /// Whether a place is in the hidden test.
    pub(crate) fn is_of_test(&self, location: &Location) -> bool {
        matches!(self.file(location), File::Test)
    }

    fn file(&self, location: &Location) -> File {
        if is_test(&location.file) {
            return File::Test;
        }
        if is_std(&location.file) {
            return File::Std;
        }
        if self.main.is_none_or(|main| main == location.file) {
            return File::Main;
        }
        let stem = location.file.rsplit(['/', '\\']).next().unwrap_or_default();
        File::Other(cut(
            &name_of(stem.strip_suffix(".rs").unwrap_or(stem)),
            WIDEST_FILE,
        ))
    }
}

/// Whose line it is.
enum File {
    Main,
    Test,
    Std,
    Other(String),
}

/// Hidden tests live in a folder of this name; their lines are not the learner's to read.
pub(super) fn is_test(file: &str) -> bool {
    file.split(['/', '\\'])
        .rev()
        .skip(1)
        .any(|folder| folder == "tests")
}

/// The files of std, whose lines are nobody's to read: what a closure does that std calls may seem to happen there.
fn is_std(file: &str) -> bool {
    file.starts_with("/rustc/")
}

fn main_file(trace: &Trace) -> Option<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let steps = trace.steps.iter().map(|step| &step.location);
    let blocked = trace.blocked.iter().map(|blocked| &blocked.location);
    for location in steps
        .chain(blocked)
        .filter(|location| !is_test(&location.file) && !is_std(&location.file))
    {
        *counts.entry(&location.file).or_default() += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(file, _)| file)
}

/// A name from a submission. A backtick would end the code that a sentence sets off.
fn name_of(name: &str) -> String {
    cut(&clean_line(name.trim()), WIDEST).replace('`', "'")
}

/// Numbers the names that several of those have that are shown: `slot #1`, `slot #2`.
fn told_apart(names: Vec<(String, bool)>) -> Vec<String> {
    let mut total: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in names.iter().filter(|(_, shown)| *shown) {
        *total.entry(name.clone()).or_default() += 1;
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = names.into_iter().map(|(name, shown)| {
        if !shown || total.get(&name) == Some(&1) {
            return name;
        }
        let number = seen.entry(name.clone()).or_default();
        *number += 1;
        format!("{name} #{number}")
    });
    numbered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    #[test]
    fn the_test_and_threads_without_a_name_have_one() {
        let trace = traces::lost_update();
        let names = Names::of(&trace);
        assert_eq!(
            [0, 1, 9].map(|at| names.thread(at)),
            ["the test", "thread 1", "thread 9"]
        );
        assert_eq!(names.spawned(1), "thread 1 (line 6)");
    }

    #[test]
    fn several_objects_of_one_name_are_numbered() {
        let trace = traces::philosophers();
        let names = Names::of(&trace);
        assert_eq!(names.object(0), "forks #1");
        assert_eq!(names.object(4), "forks #5");
    }

    #[test]
    fn what_is_not_shown_needs_no_number() {
        let steps = "0 0: wait start";
        let trace = traces::trace("flag", &["Barrier start 0:", "gate start 0:"], &["0:"], steps);
        assert_eq!(Names::of(&trace).object(0), "start");
    }

    #[test]
    fn an_object_without_a_name_is_told_by_its_line() {
        let trace = traces::no_names();
        assert_eq!(Names::of(&trace).object(0), "Mutex of line 2");
    }

    #[test]
    fn lines_of_the_hidden_test_have_no_number() {
        let trace = traces::lost_update();
        let names = Names::of(&trace);
        let place = |file: &str| Location {
            file: file.to_owned(),
            line: 3,
            column: 7,
        };
        assert_eq!(
            names.line(&place("exercises/lost-update/tests/hidden.rs")),
            "test"
        );
        assert_eq!(
            names.line(&place("exercises/lost-update/src/tests.rs")),
            "tests:3"
        );
        assert_eq!(names.at(&place("exercises/lost-update/src/lib.rs")), "at 3:7");
    }
}
