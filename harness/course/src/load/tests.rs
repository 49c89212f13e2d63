use std::{fs, time::Duration};

use kata_protocol::{Kind, Verdict};

use crate::{
    Course, Edition, Forbidden, LoadError, Look,
    fixture::{COURSE_TOML, Fixture, PINNED},
};

mod broken;

#[test]
fn a_file_that_cannot_be_read() {
    let mut screens = String::new();
    let mut show = |name: &str, fixture: &Fixture| {
        screens += &format!("═══ {name}\n\n{}\n\n", fixture.screen());
    };
    let mut case = |name: &str, content: &[u8]| {
        let fixture = Fixture::new();
        fixture.write("course.toml", content);
        show(name, &fixture);
    };
    case("empty", b"");
    case("blank", b"\n \n");
    case("a NUL", b"format = 1\nid = \"a\0b\"\n");
    case("not UTF-8", b"format = 1\n# caf\xe9\n");
    case("huge", &vec![b'#'; 1024 * 1024 + 1]);
    let fixture = Fixture::new();
    fixture.remove("course.toml");
    show("missing", &fixture);
    fs::create_dir(fixture.path("course.toml")).unwrap();
    show("a folder", &fixture);
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
fn a_screen_never_carries_what_a_terminal_would_act_on() {
    let fixture = Fixture::new();
    fixture.edit("id = \"tiny\"", "id = \"a\\u001b[2J\"\n\"b\\u001b[2J\" = 1");
    fixture.edit("after = [\"spawn-join\"]", "after = \"c\\u001b[2J\"");
    fixture.edit("slug = \"pool\"", "slug = \"d\\u001b[2J\"");
    fixture.edit("after = [\"spawn-join\"]", "after = [\"e\\u001b[2J\"]");
    let screen = fixture.screen();
    assert!(screen.contains("no exercise `e\u{fffd}[2J`"), "{screen}");
    assert!(!screen.contains('\u{1b}'), "{screen:?}");
    fixture.edit("format = 1", "format = 1 # \u{1b}[2J");
    let screen = fixture.screen();
    assert!(
        screen.contains("␛[2J") && !screen.contains('\u{1b}'),
        "{screen:?}"
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
    assert_eq!(gather.equivalent, []);
}

#[test]
fn mutants_that_are_no_mistake_have_a_reason() {
    let fixture = Fixture::new();
    fixture.edit(
        "  [[exercise.right]]",
        "  [[exercise.equivalent]]\n  mutant = \"off-by-one:f:1\"\n  reason = \"None.\"\n\n  [[exercise.right]]",
    );
    let (_, gather) = fixture.exercise("gather");
    let mark = &gather.equivalent[0];
    assert_eq!((&*mark.mutant, &*mark.reason), ("off-by-one:f:1", "None."));
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
        let wrong_byte = match at % 5 {
            0 => format!("{head}{rest}"),
            1 => format!("{head}\"{rest}"),
            2 => format!("{head}[{rest}"),
            3 => format!("{head}\n{tail}"),
            _ => format!("{head}é\u{1b}{tail}"),
        };
        for damaged in [head, &wrong_byte] {
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
    const LONG: usize = 1 << 17;
    let fixture = Fixture::new();
    for text in [
        "[".repeat(LONG),
        format!("a = {}", "[".repeat(LONG)),
        "a = [\n".repeat(LONG / 6),
        "x = 1\n".repeat(LONG / 6),
        format!("title = \"{}\"", "x".repeat(LONG)),
        "[[exercise]]\nslug = 'a'\nafter = ['a']\n".repeat(LONG / 40),
        "a.".repeat(LONG),
    ] {
        fixture.write("course.toml", &text);
        let LoadError::Faulty(faults) = fixture.load().unwrap_err() else {
            panic!("{} can be read", &text[..20]);
        };
        assert!(faults.to_string().len() < 1 << 16, "a screen is for reading");
    }
    fixture.write("course.toml", COURSE_TOML);
    for text in [
        "(".repeat(LONG),
        format!("{}{}", "(".repeat(LONG), ")".repeat(LONG)),
        format!("fn a() {{ {} }}", "!".repeat(LONG)),
        format!("{}{}", "mod a {".repeat(LONG / 8), "}".repeat(LONG / 8)),
    ] {
        fixture.write("tests/gather/hidden.rs", &text);
        assert!(fixture.load().is_err(), "{}", &text[..20]);
    }
}
