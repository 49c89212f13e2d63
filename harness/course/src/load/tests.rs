use std::{fmt::Write as _, fs, time::Duration};

use kata_protocol::{Kind, Verdict};

use crate::{
    Course, Edition, Forbidden, LoadError, Look,
    fixture::{COURSE_TOML, Fixture, PINNED},
};

/// A change that breaks the tiny course.
enum Change {
    /// In `course.toml`: what stood there, and what stands there now.
    Edit(&'static str, &'static str),
    /// At the end of `course.toml`.
    Append(&'static str),
    /// A file with its new content.
    Write(&'static str, &'static str),
    /// A file or folder that is gone.
    Remove(&'static str),
    /// A link, and where it leads.
    Link(&'static str, &'static str),
}

use Change::{Append, Edit, Link, Remove, Write};

type Case = (&'static str, &'static [Change]);

/// Each case with the screen that it gives, one below the other.
fn screens(cases: &[Case]) -> String {
    let mut screens = String::new();
    for (name, changes) in cases {
        let fixture = Fixture::new();
        for change in *changes {
            match change {
                Edit(from, to) => fixture.edit(from, to),
                Append(text) => fixture.write("course.toml", fixture.read("course.toml") + text),
                Write(path, text) => fixture.write(path, text),
                Remove(path) => fixture.remove(path),
                Link(path, target) => fixture.link(path, target),
            }
        }
        let screen = fixture.screen();
        writeln!(screens, "═══ {name}\n\n{screen}\n").unwrap();
    }
    screens
}

#[test]
fn syntax() {
    insta::assert_snapshot!(screens(&[
        (
            "text without quotes",
            &[Edit("title = \"Threads\"", "title = Threads")]
        ),
        (
            "a text that does not end",
            &[Edit("title = \"Threads\"", "title = \"Threads")]
        ),
        (
            "a list that does not end",
            &[Edit("after = [\"spawn-join\"]", "after = [\"spawn-join\"")]
        ),
        ("a header that does not end", &[Edit("[[track]]", "[[track]")]),
        (
            "a header that is not one",
            &[Edit("  [[exercise.wrong]]\n", "  [[exercise.wrong\n")]
        ),
        ("a key without a value", &[Edit("points = 3", "points =")]),
        (
            "a line that is nothing",
            &[Edit("points = 3", "points = 3\n  and more")]
        ),
        (
            "a key that is given twice",
            &[Edit("points = 3", "points = 3\n  points = 4")]
        ),
        (
            "an error in one entry and faults in others",
            &[
                Edit("title = \"Threads\"", "title = \"Threads"),
                Edit("edition = \"2024\"", "edition = \"2077\""),
                Edit("after = [\"spawn-join\"]", "after = [\"spawn-join\""),
                Edit("points = 3", "points = \"3\""),
                Edit("  feedback = \"Jobs are lost.\"\n", ""),
            ],
        ),
    ]));
}

#[test]
fn keys_and_types() {
    insta::assert_snapshot!(screens(&[
        (
            "a newer format",
            &[Edit("format = 1", "format = 2"), Edit("editable", "files")]
        ),
        ("an older format", &[Edit("format = 1", "format = 0")]),
        ("no format", &[Edit("format = 1", "")]),
        ("a misspelt key", &[Edit("editable", "editible")]),
        (
            "a misspelt table",
            &[Edit("  [[exercise.test]]", "  [[exercise.tests]]")]
        ),
        (
            "a key in the wrong table",
            &[Edit("track = \"threads\"", "track = \"threads\"\npoints = 3")]
        ),
        ("a key that there is not", &[Append("  difficulty = 3\n")]),
        ("a missing key", &[Edit("title = \"Spawn and join\"\n", "")]),
        (
            "no course",
            &[Edit(
                "[course]\nid = \"tiny\"\ntitle = \"A tiny course\"\nedition = \"2024\"\n",
                ""
            )]
        ),
        ("a number for a text", &[Edit("title = \"Threads\"", "title = 7")]),
        ("a text for a number", &[Edit("points = 3", "points = \"3\"")]),
        ("a fraction for a number", &[Edit("points = 3", "points = 3.5")]),
        (
            "a text for a list",
            &[Edit("after = [\"spawn-join\"]", "after = \"spawn-join\"")]
        ),
        (
            "a number in a list",
            &[Edit("after = [\"spawn-join\"]", "after = [\"spawn-join\", 7]")]
        ),
        (
            "a table for a list of tables",
            &[Edit("  [[exercise.right]]", "  [exercise.right]")]
        ),
        (
            "a text for a table",
            &[Edit("limits = { wall = \"4s\" }", "limits = \"4s\"")]
        ),
        (
            "everything at once",
            &[
                Edit("id = \"tiny\"", "id = 1\nname = \"x\""),
                Edit("editable", "editible"),
                Edit("track = \"async\"", "track = \"asink\""),
                Edit("points = 2", "points = -2"),
                Remove("tests/pool/hidden.rs"),
            ],
        ),
    ]));
}

#[test]
fn values() {
    insta::assert_snapshot!(screens(&[
        (
            "a slug in capitals",
            &[Edit("slug = \"gather\"", "slug = \"Gather_All\"")]
        ),
        (
            "a slug that is a keyword",
            &[Edit("slug = \"gather\"", "slug = \"match\"")]
        ),
        (
            "a slug that is a crate",
            &[Edit("slug = \"gather\"", "slug = \"tokio\"")]
        ),
        (
            "a track's id with a blank",
            &[Edit("id = \"threads\"", "id = \"the threads\"")]
        ),
        (
            "an edition that there is not",
            &[Edit("edition = \"2024\"", "edition = \"2018\"")]
        ),
        ("an empty title", &[Edit("title = \"Threads\"", "title = \" \"")]),
        (
            "a title of two lines",
            &[Edit(
                "title = \"Threads\"",
                "title = \"\"\"Threads\nand more\"\"\""
            )]
        ),
        (
            "a title with an escape",
            &[Edit("title = \"Threads\"", "title = \"\\u001b[2J\"")]
        ),
        (
            "empty feedback",
            &[Edit("feedback = \"Jobs are lost.\"", "feedback = \"\"")]
        ),
        ("an empty hint", &[Edit("\"Join them all.\"", "\"\"")]),
        (
            "no hint in the list is no fault",
            &[Edit(
                "[\"Join them all.\", \"In the order\\nin which they were spawned.\"]",
                "[]"
            )]
        ),
        (
            "a file above the crate",
            &[Edit("[\"src/lib.rs\"]", "[\"../gather/src/lib.rs\"]")]
        ),
        (
            "an absolute file",
            &[Edit("[\"src/lib.rs\"]", "[\"/etc/passwd\"]")]
        ),
        (
            "a manifest to edit",
            &[Edit("[\"src/lib.rs\"]", "[\"src/lib.rs\", \"Cargo.toml\"]")]
        ),
        ("nothing to edit", &[Edit("[\"src/lib.rs\"]", "[]")]),
        (
            "a file twice",
            &[Edit("[\"src/lib.rs\"]", "[\"src/lib.rs\", \"src/lib.rs\"]")]
        ),
        (
            "a crate that is not pinned",
            &[Edit("crates = [\"tokio\"]", "crates = [\"tokyo\", \"rayon\"]")]
        ),
        (
            "unknown rules",
            &[Edit("[\"unsafe\", ", "[\"unsfae\", \"exit\", \"std::\", ")]
        ),
        (
            "an unknown kind",
            &[Edit("kind = \"virtual-time\"", "kind = \"virtual_time\"")]
        ),
        (
            "a kind that is no kind",
            &[Edit("kind = \"virtual-time\"", "kind = \"slow\"")]
        ),
        (
            "a kind that cannot be run yet",
            &[Edit("kind = \"plain\"", "kind = \"explore\"")]
        ),
        ("too many points", &[Edit("points = 3", "points = 1001")]),
        ("no points in total", &[Edit("points = 3", "points = 0")]),
        (
            "a test that is no function",
            &[Edit("name = \"in_order\"", "name = \"In order\"")]
        ),
        (
            "an unknown verdict",
            &[Edit("verdict = \"too_slow\"", "verdict = \"to_slow\"")]
        ),
        (
            "a wrong solution that passes",
            &[Edit("verdict = \"too_slow\"", "verdict = \"pass\"")]
        ),
        (
            "a verdict that is ours",
            &[Edit("verdict = \"too_slow\"", "verdict = \"harness_error\"")]
        ),
        (
            "a wrong solution with an ending",
            &[Edit("file = \"one-by-one\"", "file = \"one-by-one.rs\"")]
        ),
        (
            "a wrong solution elsewhere",
            &[Edit("file = \"one-by-one\"", "file = \"../starter\"")]
        ),
    ]));
}

#[test]
fn limits() {
    insta::assert_snapshot!(screens(&[
        (
            "a number without a unit",
            &[
                Edit("cpu = \"5s\"", "cpu = 5\nmemory = 256\n[[track]]\n"),
                Edit("memory = \"256MiB\"", "id = \"x\"\ntitle = \"X\"")
            ]
        ),
        ("a text without a unit", &[Edit("cpu = \"5s\"", "cpu = \"5\"")]),
        ("an unknown unit", &[Edit("256MiB", "256MB")]),
        ("no number", &[Edit("cpu = \"5s\"", "cpu = \"a while\"")]),
        (
            "nothing",
            &[
                Edit("cpu = \"5s\"", "cpu = \"0s\""),
                Edit("processes = 8", "processes = 0")
            ]
        ),
        (
            "too much",
            &[
                Edit("cpu = \"5s\"", "cpu = \"61min\""),
                Edit("processes = 8", "processes = 99999")
            ]
        ),
        (
            "in an exercise and in a test",
            &[
                Edit("{ wall = \"4s\" }", "{ wal = \"4s\" }"),
                Edit("output = \"1KiB\"", "output = \"1s\"")
            ]
        ),
    ]));
}

#[test]
fn references() {
    insta::assert_snapshot!(screens(&[
        (
            "an unknown track",
            &[Edit("track = \"async\"", "track = \"asinc\"")]
        ),
        (
            "two tracks of one id",
            &[
                Edit("id = \"async\"", "id = \"threads\""),
                Edit("track = \"async\"", "track = \"threads\"")
            ]
        ),
        (
            "two exercises of one slug",
            &[
                Edit("slug = \"gather\"", "slug = \"spawn-join\""),
                Edit(
                    "after = [\"spawn-join\"]\neditable = [\"src/lib.rs\"]\ncrates",
                    "editable = [\"src/lib.rs\"]\ncrates"
                )
            ]
        ),
        (
            "after an unknown exercise",
            &[Edit(
                "after = [\"spawn-join\"]",
                "after = [\"spawn_join\", \"nothing-like-it\"]"
            )]
        ),
        (
            "after itself",
            &[Edit("after = [\"spawn-join\"]", "after = [\"gather\"]")]
        ),
        (
            "after the same twice",
            &[Edit(
                "after = [\"spawn-join\"]",
                "after = [\"spawn-join\", \"spawn-join\"]"
            )]
        ),
        (
            "a circle",
            &[
                Edit(
                    "track = \"threads\"\nedit",
                    "track = \"threads\"\nafter = [\"pool\"]\nedit"
                ),
                Edit(
                    "after = [\"spawn-join\"]\neditable = [\"src/lib.rs\", ",
                    "after = [\"gather\"]\neditable = [\"src/lib.rs\", "
                ),
            ],
        ),
        (
            "no test",
            &[Edit(
                "  [[exercise.test]]\n  name = \"in_order\"\n  kind = \"plain\"\n  points = 3\n  feedback = \"The results are not in the order of the closures.\"\n",
                ""
            )]
        ),
        (
            "an empty list of tests",
            &[Edit(
                "  [[exercise.test]]\n  name = \"in_order\"\n  kind = \"plain\"\n  points = 3\n  feedback = \"The results are not in the order of the closures.\"\n",
                "test = []\n"
            )]
        ),
        (
            "two tests of one name",
            &[Edit(
                "name = \"nothing_gives_nothing\"",
                "name = \"takes_the_longest\""
            )]
        ),
        (
            "no wrong solution",
            &[Edit(
                "  [[exercise.wrong]]\n  file = \"one-by-one\"\n  verdict = \"wrong_answer\"\n  test = \"in_order\"\n",
                ""
            )]
        ),
        (
            "two wrong solutions of one name",
            &[Edit("file = \"no-error\"", "file = \"one-by-one\"")]
        ),
        (
            "a wrong solution without a test",
            &[Edit(
                "verdict = \"wrong_answer\"\n  test = \"in_order\"",
                "verdict = \"wrong_answer\""
            )]
        ),
        (
            "a wrong solution with a test that is never run",
            &[Edit(
                "verdict = \"compile_error\"",
                "verdict = \"compile_error\"\n  test = \"takes_the_longest\""
            )]
        ),
        (
            "a wrong solution with an unknown test",
            &[Edit("test = \"takes_the_longest\"", "test = \"takes_longest\"")]
        ),
    ]));
}

#[test]
fn files() {
    insta::assert_snapshot!(screens(&[
        (
            "an exercise without files",
            &[
                Remove("exercises/gather"),
                Remove("solutions/gather"),
                Remove("tests/gather")
            ],
        ),
        (
            "files that are folders",
            &[
                Remove("tests/gather/starter.rs"),
                Write("tests/gather/starter.rs/x", "")
            ]
        ),
        (
            "half a starter",
            &[Remove("tests/pool/starter/src/pool/worker.rs")]
        ),
        (
            "half a wrong solution",
            &[Remove("tests/pool/wrong/detached/src/pool/worker.rs")]
        ),
        (
            "solutions that are not listed",
            &[
                Write("tests/gather/wrong/other.rs", ""),
                Write("tests/gather/right/Other.txt", ""),
                Write("tests/pool/right/other/src/lib.rs", "")
            ]
        ),
        (
            "a hidden file is nobody's solution",
            &[Write("tests/gather/wrong/.other.rs.swp", "")]
        ),
        (
            "a link out of the course",
            &[Link("solutions/gather/src/lib.rs", "/etc/passwd")]
        ),
        (
            "a folder that is a link out of the course",
            &[Link("exercises/gather/src", "/etc")]
        ),
        (
            "a link inside the course is no fault",
            &[Link("tests/gather/starter.rs", "../spawn-join/starter.rs")]
        ),
        (
            "the learner's own file is the learner's affair",
            &[Remove("exercises/gather/src/lib.rs")]
        ),
    ]));
}

#[test]
fn hidden_tests() {
    const HEAD: &str = "#[kata_test::test]\nasync fn takes_the_longest() {}\n\n";
    insta::assert_snapshot!(screens(&[
        ("no file", &[Remove("tests/gather/hidden.rs")]),
        (
            "a test that is not listed",
            &[Write(
                "tests/gather/hidden.rs",
                "#[kata_test::test]\nasync fn takes_the_longest() {}\n#[test]\nasync fn nothing_gives_nothing() {}\n#[test]\nasync fn a_third() {}\n"
            )]
        ),
        (
            "a test that is not in the file",
            &[Write("tests/gather/hidden.rs", HEAD)]
        ),
        (
            "a name that differs",
            &[Write(
                "tests/gather/hidden.rs",
                "#[test]\nasync fn takes_the_longest() {}\n#[test]\nasync fn nothing_give_nothing() {}\n"
            )]
        ),
        (
            "a function that is no test",
            &[Write(
                "tests/gather/hidden.rs",
                "#[test]\nasync fn takes_the_longest() {}\nasync fn nothing_gives_nothing() {}\n"
            )]
        ),
        (
            "the wrong form",
            &[
                Write(
                    "tests/gather/hidden.rs",
                    "#[test]\nfn takes_the_longest() {}\n#[test]\nasync fn nothing_gives_nothing(n: u32) {}\n"
                ),
                Write("tests/pool/hidden.rs", "#[test]\nasync fn in_order() {}\n"),
            ]
        ),
        (
            "no Rust",
            &[Write(
                "tests/gather/hidden.rs",
                "#[test]\nasync fn takes_the_longest() {\n    let x = ;\n}\n"
            )]
        ),
        (
            "an open bracket",
            &[Write(
                "tests/gather/hidden.rs",
                "#[test]\nasync fn takes_the_longest() {\n    (1;\n}\n"
            )]
        ),
        ("an empty file", &[Write("tests/gather/hidden.rs", "")]),
        (
            "a byte order mark is no fault",
            &[Write(
                "tests/pool/hidden.rs",
                "\u{feff}#[test]\nfn in_order() {}\n"
            )]
        ),
    ]));
}

#[test]
fn a_file_that_cannot_be_read() {
    let mut screens = String::new();
    let mut case = |name: &str, content: &[u8]| {
        let fixture = Fixture::new();
        fixture.write("course.toml", content);
        writeln!(screens, "═══ {name}\n\n{}\n", fixture.screen()).unwrap();
    };
    case("empty", b"");
    case("blank", b"\n \n");
    case("a NUL", b"format = 1\nid = \"a\0b\"\n");
    case("not UTF-8", b"format = 1\n# caf\xe9\n");
    case("huge", &vec![b'#'; 1024 * 1024 + 1]);
    let fixture = Fixture::new();
    fixture.remove("course.toml");
    writeln!(screens, "═══ missing\n\n{}\n", fixture.screen()).unwrap();
    fs::create_dir(fixture.path("course.toml")).unwrap();
    writeln!(screens, "═══ a folder\n\n{}\n", fixture.screen()).unwrap();
    insta::assert_snapshot!(screens);
}

#[test]
fn a_screen_in_colour_says_the_same() {
    let fixture = Fixture::new();
    fixture.edit("editable", "editible");
    let LoadError::Faulty(faults) = fixture.load().unwrap_err() else {
        panic!("the file can be read");
    };
    let look = |colour| Look {
        colour,
        width: 80,
        seen_from: Some(fixture.root()),
    };
    let coloured = faults.render(look(true));
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((text, escape)) = rest.split_once("\u{1b}[") {
        plain.push_str(text);
        rest = escape.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert_eq!(plain, faults.render(look(false)));
    let fault = faults.iter().next().unwrap();
    assert_eq!(
        (fault.file().to_str(), fault.line_column()),
        (Some("course.toml"), Some((24, 1)))
    );
    assert!(
        faults
            .to_string()
            .contains(&fixture.path("course.toml").display().to_string())
    );
}

#[test]
fn a_course_without_a_fault_is_read_as_it_stands() {
    let fixture = Fixture::new();
    let course = fixture.load().unwrap();
    assert_eq!(
        Course::load(&fixture.path("course.toml"), &PINNED).unwrap(),
        course
    );
    assert_eq!((course.id.as_str(), course.edition), ("tiny", Edition::Rust2024));
    assert_eq!(course.root, fixture.root());
    let slugs: Vec<&str> = course
        .exercises
        .iter()
        .map(|exercise| exercise.slug.as_str())
        .collect();
    assert_eq!(slugs, ["spawn-join", "gather", "pool"]);

    let first = &course.exercises[0];
    assert_eq!(first.crate_name(), "spawn_join");
    assert_eq!(course.track(first).unwrap().title, "Threads");
    assert_eq!(
        first.forbid,
        [Forbidden::Unsafe, Forbidden::Path("std::process::exit".into())]
    );
    assert_eq!(first.hints.len(), 2);
    assert_eq!(course.place(&course.exercises[2]).to_string(), "3 of 3");
    assert_eq!(course.nearest_slug("gahter"), Some("gather"));

    let gather = &course.exercises[1];
    assert_eq!(gather.after, ["spawn-join"]);
    assert_eq!(gather.crates, ["tokio"]);
    assert_eq!(gather.points(), 3);
    assert_eq!(gather.tests[0].kind, Kind::VirtualTime);
    assert_eq!(gather.wrong[0].verdict, Verdict::TooSlow);
    assert_eq!(gather.wrong[0].test.as_deref(), Some("takes_the_longest"));
    assert_eq!(gather.wrong[1].test, None);
    assert_eq!(gather.right[0].name, "join-set");
}

#[test]
fn the_nearest_limits_win() {
    let (_, gather) = Fixture::new().exercise("gather");
    let (usual, own) = (gather.tests[0].limits, gather.tests[1].limits);
    assert_eq!(usual, gather.limits);
    assert_eq!(
        (usual.cpu, own.cpu),
        (Duration::from_secs(5), Duration::from_secs(5)),
        "the course's"
    );
    assert_eq!(
        (usual.wall, own.wall),
        (Duration::from_secs(4), Duration::from_secs(2)),
        "the exercise's, the test's"
    );
    assert_eq!(
        (usual.output, own.output),
        (256 * 1024, 1024),
        "the built-in one, the test's"
    );
    assert_eq!(usual.memory, 256 * 1024 * 1024, "the course's");
    assert_eq!(Fixture::new().exercise("pool").1.limits.processes, 8);
}

#[test]
fn a_course_is_found_from_anywhere_in_it() {
    let fixture = Fixture::new();
    for inside in ["", "exercises/gather/src", "no/such/folder"] {
        assert_eq!(Course::find(&fixture.path(inside)).unwrap(), fixture.root());
    }
    fixture.remove("course.toml");
    let error = Course::find(fixture.root()).unwrap_err().to_string();
    assert!(
        error.starts_with("no course.toml in /") && error.contains("--course DIR"),
        "{error}"
    );
}

/// What happens to a file that is cut off or has a wrong byte in it: an answer, and never a panic.
#[test]
fn no_damage_to_the_file_is_a_panic() {
    let fixture = Fixture::new();
    let mut faulty = 0;
    for at in 0..COURSE_TOML.len() {
        let (head, tail) = COURSE_TOML.split_at(at);
        let rest = &tail[1..];
        for damaged in [
            head.to_owned(),
            format!("{head}{rest}"),
            format!("{head}\"{rest}"),
            format!("{head}[{rest}"),
            format!("{head}\n{tail}"),
            format!("{head}é\u{1b}{tail}"),
        ] {
            fixture.write("course.toml", damaged);
            match fixture.load() {
                Ok(_) => {}
                Err(LoadError::Faulty(faults)) => {
                    assert!(faults.count() > 0 && !faults.to_string().is_empty());
                    assert!(faults.iter().all(|fault| !fault.fixes().is_empty()), "{faults}");
                    faulty += 1;
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
    assert!(faulty > COURSE_TOML.len(), "most damage is a fault");
}

#[test]
fn hostile_files_take_no_hostile_time() {
    let fixture = Fixture::new();
    for text in [
        "[".repeat(1 << 20),
        format!("a = {}", "[".repeat((1 << 20) - 4)),
        "a = [\n".repeat((1 << 20) / 6),
        "x = 1\n".repeat((1 << 20) / 6),
        format!("title = \"{}\"", "x".repeat((1 << 20) - 20)),
        "[[exercise]]\nslug = 'a'\nafter = ['a']\n".repeat(20_000),
        format!("{}{}", "a.".repeat(1 << 19), "x"),
    ] {
        fixture.write("course.toml", &text);
        let LoadError::Faulty(faults) = fixture.load().unwrap_err() else {
            panic!("{} can be read", &text[..20]);
        };
        assert!(faults.to_string().len() < 1 << 20, "a screen is for reading");
    }
    fixture.write("course.toml", COURSE_TOML);
    for text in [
        "(".repeat(1 << 20),
        format!("fn a() {{ {} }}", "!".repeat(1 << 19)),
        "&".repeat(1 << 19),
    ] {
        fixture.write("tests/gather/hidden.rs", &text);
        assert!(fixture.load().is_err(), "{}", &text[..20]);
    }
}
