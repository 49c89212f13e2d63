use std::{fs, os::unix::fs::symlink, process::Command, thread};

use super::*;
use crate::fixture::{Fixture, PINNED};

fn progress(fixture: &Fixture) -> Progress {
    Progress::load(fixture.root()).unwrap()
}

fn file(fixture: &Fixture) -> String {
    fixture.read(PROGRESS_FILE)
}

#[test]
fn without_a_file_nothing_has_been_done() {
    let fixture = Fixture::new();
    let progress = progress(&fixture);
    assert!(!progress.is_solved("gather"));
    assert_eq!(progress.hints_shown("gather"), 0);
    assert!(!progress.file().exists(), "to look leaves no file behind");
}

#[test]
fn facts_are_lines_in_the_order_in_which_they_came() {
    let fixture = Fixture::new();
    let (course, gather) = fixture.exercise("gather");
    let mut mine = progress(&fixture);
    mine.record_hint(&gather, 1).unwrap();
    mine.record_hint(&gather, 2).unwrap();
    mine.record_hint(&gather, 1).unwrap();
    mine.record_solved(&gather).unwrap();
    mine.record_solved(&gather).unwrap();
    mine.record_solved(&course.exercises[0]).unwrap();
    let lines = "gather hints 1\ngather hints 2\ngather solved\nspawn-join solved\n";
    assert_eq!(file(&fixture), FIRST_LINE.to_owned() + lines);
    for progress in [mine, progress(&fixture)] {
        assert!(progress.is_solved("gather") && progress.is_solved("spawn-join"));
        assert!(!progress.is_solved("pool"));
        assert_eq!(progress.hints_shown("gather"), 2);
    }
}

#[test]
fn two_copies_merge_by_keeping_the_lines_of_both() {
    let fixture = Fixture::new();
    let (here, there) = ("gather solved\ngather hints 2\n", "gather hints 3\npool solved\n");
    let conflict = format!("<<<<<<< here\n{here}=======\n{there}>>>>>>> there\n");
    for merged in [
        here.to_owned() + there,
        there.to_owned() + here,
        here.repeat(2) + there,
        conflict,
    ] {
        fixture.write(PROGRESS_FILE, merged);
        let progress = progress(&fixture);
        assert!(progress.is_solved("gather") && progress.is_solved("pool"));
        assert_eq!(progress.hints_shown("gather"), 3);
    }
}

#[test]
fn what_is_no_fact_is_kept_and_means_nothing() {
    let strange: &[u8] =
        b"# mine\n\ngather solved really\ngather hints -1\ngather hints 99999999999999999999\n\
        GATHER solved\nno-longer-there solved\r\n\xff\xfe\0\n=======\nthe last line has no end";
    let fixture = Fixture::new();
    fixture.write(PROGRESS_FILE, strange);
    let (course, _) = fixture.exercise("gather");
    let mut progress = progress(&fixture);
    assert!(!progress.is_solved("gather") && progress.is_solved("no-longer-there"));
    assert_eq!(progress.hints_shown("gather"), 0);
    progress.record_solved(&course.exercises[0]).unwrap();
    let expected = [strange, b"\nspawn-join solved\n"].concat();
    assert_eq!(fs::read(progress.file()).unwrap(), expected);
}

#[test]
fn many_katas_at_once_lose_nothing() {
    let fixture = Fixture::new();
    let (_, gather) = fixture.exercise("gather");
    let at_once = |slug: String| {
        let exercise = Exercise {
            slug,
            ..gather.clone()
        };
        let mut progress = progress(&fixture);
        move || {
            for shown in 1..=5 {
                progress.record_hint(&exercise, shown).unwrap();
            }
            progress.record_solved(&exercise).unwrap();
        }
    };
    thread::scope(|scope| {
        for number in 0..16 {
            scope.spawn(at_once(format!("kata-{number}")));
        }
    });
    let progress = progress(&fixture);
    for number in 0..16 {
        assert!(progress.is_solved(&format!("kata-{number}")));
        assert_eq!(progress.hints_shown(&format!("kata-{number}")), 5);
    }
    assert_eq!(file(&fixture).lines().count(), 1 + 16 * 6);
}

#[test]
fn many_processes_at_once_lose_nothing() {
    let fixture = Fixture::new();
    let children: Vec<_> = (0..8)
        .map(|number| {
            child("records_for_another_process", &fixture, number)
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let progress = progress(&fixture);
    assert!(
        (0..8).all(|number| progress.is_solved(&format!("kata-{number}"))),
        "{}",
        file(&fixture)
    );
}

/// What another kata does: this test program, with one of the ignored tests below.
fn child(test: &str, fixture: &Fixture, number: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", &format!("progress::tests::{test}")]);
    command
        .env("KATA_TEST_COURSE", fixture.root())
        .env("KATA_TEST_NUMBER", number.to_string());
    command.stdout(std::process::Stdio::null());
    command
}

/// The course and the number that the parent gave; `None` in a test run that includes the ignored ones.
fn asked_for() -> Option<(Course, String)> {
    let root = PathBuf::from(std::env::var_os("KATA_TEST_COURSE")?);
    Some((
        Course::load(&root, &PINNED).unwrap(),
        std::env::var("KATA_TEST_NUMBER").ok()?,
    ))
}

#[test]
#[ignore = "a part of `many_processes_at_once_lose_nothing`"]
fn records_for_another_process() {
    let Some((course, number)) = asked_for() else {
        return;
    };
    let exercise = Exercise {
        slug: format!("kata-{number}"),
        ..course.exercises[0].clone()
    };
    let mut progress = Progress::load(&course.root).unwrap();
    progress.record_hint(&exercise, 1).unwrap();
    progress.record_solved(&exercise).unwrap();
}

/// A limit on the size of files stands for a full disk: writing fails half-way, wherever the test runs.
#[test]
fn a_full_disk_costs_the_new_fact_and_nothing_else() {
    let fixture = Fixture::new();
    let before = format!("gather solved\n{}", "# filler\n".repeat(1000));
    fixture.write(PROGRESS_FILE, &before);
    let recording = child("records_on_a_full_disk", &fixture, 0);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""]);
    shell.arg(recording.get_program()).args(recording.get_args());
    shell.envs(
        recording
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let output = shell.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!(file(&fixture), before);
    let left = fixture
        .root()
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let progress_files = left
        .filter(|name| name.to_string_lossy().contains("progress"))
        .count();
    assert_eq!(progress_files, 1, "the half-written file is gone");
}

#[test]
#[ignore = "a part of `a_full_disk_costs_the_new_fact_and_nothing_else`"]
fn records_on_a_full_disk() {
    let Some((course, _)) = asked_for() else {
        return;
    };
    let exercise = course.exercise("pool").unwrap();
    let mut progress = Progress::load(&course.root).unwrap();
    let error = progress.record_solved(exercise).unwrap_err().to_string();
    let path = course.root.join(PROGRESS_FILE).display().to_string();
    assert!(
        error.starts_with(&format!("{path} cannot be written: ")),
        "{error}"
    );
    assert!(error.contains("nothing that it held is lost"), "{error}");
    assert!(!progress.is_solved("pool") && progress.is_solved("gather"));
}

#[test]
fn a_read_only_folder_is_told_by_name() {
    let error = ProgressError::Write {
        path: "/course/kata-progress.txt".into(),
        source: io::ErrorKind::ReadOnlyFilesystem.into(),
    };
    insta::assert_snapshot!(error, @"/course/kata-progress.txt cannot be written: read-only filesystem or storage medium; nothing that it held is lost; make the folder that it is in writable, or work on a copy of the course");
}

#[test]
fn what_is_no_file_is_neither_read_nor_replaced() {
    let fixture = Fixture::new();
    let (_, exercise) = fixture.exercise("gather");
    let mut early = progress(&fixture);
    let other = fixture.path("other.txt");
    fixture.write("other.txt", "gather solved\n");
    symlink(&other, fixture.path(PROGRESS_FILE)).unwrap();
    let error = Progress::load(fixture.root()).unwrap_err().to_string();
    assert!(
        error.contains("kata-progress.txt is not a regular file"),
        "{error}"
    );
    early.record_solved(&exercise).unwrap_err();
    assert_eq!(fs::read_to_string(&other).unwrap(), "gather solved\n");
}

#[test]
fn the_current_exercise_is_the_first_that_can_be_done() {
    let fixture = Fixture::new();
    let course = fixture.load().unwrap();
    for (solved, expected) in [
        ("", Some("spawn-join")),
        ("pool solved", Some("spawn-join")),
        ("spawn-join solved", Some("gather")),
        ("spawn-join solved\ngather solved", Some("pool")),
        ("spawn-join solved\ngather solved\npool solved", None),
        ("elsewhere solved", Some("spawn-join")),
    ] {
        fixture.write(PROGRESS_FILE, solved);
        let current = current(&course, &progress(&fixture)).map(|exercise| exercise.slug.as_str());
        assert_eq!(current, expected, "{solved}");
    }
}

#[test]
fn an_exercise_that_comes_after_a_later_one_waits_for_it() {
    let fixture = Fixture::new();
    fixture.edit(
        "track = \"threads\"\n",
        "track = \"threads\"\nafter = [\"pool\"]\n",
    );
    fixture.edit(
        "after = [\"spawn-join\"]\neditable = [\"src/lib.rs\", ",
        "editable = [\"src/lib.rs\", ",
    );
    let course = fixture.load().unwrap();
    assert_eq!(current(&course, &progress(&fixture)).unwrap().slug, "pool");
}
