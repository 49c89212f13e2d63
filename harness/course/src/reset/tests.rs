use super::*;
use crate::fixture::Fixture;

const LIB: &str = "exercises/pool/src/lib.rs";
const WORKER: &str = "exercises/pool/src/pool/worker.rs";
const STARTER: (&str, &str) = ("// starter lib", "// starter worker");

fn reset_pool(fixture: &Fixture) -> Result<Reset, ResetError> {
    let (course, pool) = fixture.exercise("pool");
    reset(&course, &pool)
}

fn crate_of(fixture: &Fixture) -> (String, String) {
    (fixture.read(LIB), fixture.read(WORKER))
}

fn starter() -> (String, String) {
    (STARTER.0.to_owned(), STARTER.1.to_owned())
}

#[test]
fn the_starter_comes_back_and_the_learners_version_is_kept() {
    let fixture = Fixture::new();
    fixture.write(LIB, "my lib");
    let reset = reset_pool(&fixture).unwrap();
    let kept = ["src/lib.rs", "src/pool/worker.rs"].map(|file| format!("set-aside/pool/1/{file}"));
    let expected = Reset::Done {
        restored: vec![fixture.path(LIB)],
        set_aside: kept.iter().map(|path| fixture.path(path)).collect(),
    };
    assert_eq!(reset, expected);
    assert_eq!(crate_of(&fixture), starter());
    assert_eq!(fixture.read(&kept[0]), "my lib");
    assert_eq!(fixture.read(&kept[1]), STARTER.1, "a version is kept as a whole");
}

#[test]
fn the_starter_itself_is_left_alone() {
    let fixture = Fixture::new();
    assert_eq!(reset_pool(&fixture).unwrap(), Reset::Unchanged);
    assert!(!fixture.path("set-aside").exists());
}

#[test]
fn numbers_count_up_and_nothing_is_overwritten() {
    let fixture = Fixture::new();
    fixture.write("set-aside/pool/7/src/lib.rs", "long ago");
    fixture.write("set-aside/pool/notes/mine", "");
    for (number, version) in [(8, "a"), (9, "b")] {
        fixture.write(LIB, version);
        reset_pool(&fixture).unwrap();
        assert_eq!(
            fixture.read(&format!("set-aside/pool/{number}/src/lib.rs")),
            version
        );
    }
    assert_eq!(fixture.read("set-aside/pool/7/src/lib.rs"), "long ago");
}

#[test]
fn a_missing_file_is_simply_restored() {
    let fixture = Fixture::new();
    fixture.remove("exercises/pool/src/pool");
    let expected = Reset::Done {
        restored: vec![fixture.path(WORKER)],
        set_aside: vec![],
    };
    assert_eq!(reset_pool(&fixture).unwrap(), expected);
    assert_eq!(crate_of(&fixture), starter());
    assert!(!fixture.path("set-aside").exists());
}

#[test]
fn a_version_of_any_size_and_content_is_kept() {
    let fixture = Fixture::new();
    let huge = vec![0xff; 3 * 1024 * 1024];
    fixture.write(LIB, &huge);
    reset_pool(&fixture).unwrap();
    assert_eq!(
        fs::read(fixture.path("set-aside/pool/1/src/lib.rs")).unwrap(),
        huge
    );
    assert_eq!(crate_of(&fixture), starter());
}

#[test]
fn when_nothing_can_be_kept_nothing_is_replaced() {
    let fixture = Fixture::new();
    fixture.write(LIB, "my lib");
    fixture.write("set-aside/pool", "a file where the folder should be");
    let error = reset_pool(&fixture).unwrap_err();
    assert!(matches!(error, ResetError::InTheWay(_)), "{error}");
    assert!(error.to_string().contains("nothing was changed"), "{error}");
    assert_eq!(fixture.read(LIB), "my lib");
}

#[test]
fn half_a_copy_is_taken_away() {
    let fixture = Fixture::new();
    fixture.write(LIB, "my lib");
    fixture.write(WORKER, "my worker");
    let (course, pool) = fixture.exercise("pool");
    let plan = plan(&course, &pool).unwrap();
    fixture.remove(WORKER); // between the look and the copy
    let error = set_aside(&course, &pool, &plan).unwrap_err();
    assert!(matches!(error, ResetError::SetAside { .. }), "{error}");
    assert_eq!(fixture.path("set-aside/pool").read_dir().unwrap().count(), 0);
    assert_eq!(fixture.read(LIB), "my lib");
}

#[test]
fn when_a_file_cannot_be_replaced_the_error_says_where_the_version_is() {
    let fixture = Fixture::new();
    fixture.write(LIB, "my lib");
    fixture.write(WORKER, "my worker");
    fixture.write(
        "exercises/pool/src/pool/.worker.rs.kata-new/x",
        "in the way of the new file",
    );
    let error = reset_pool(&fixture).unwrap_err();
    let kept = fixture.path("set-aside/pool/1/src/lib.rs");
    assert!(matches!(error, ResetError::Restore { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains(&format!("beginning with {}", kept.display())),
        "{error}"
    );
    assert_eq!(fixture.read("set-aside/pool/1/src/pool/worker.rs"), "my worker");
    assert_eq!(crate_of(&fixture), (STARTER.0.to_owned(), "my worker".to_owned()));
}

#[test]
fn links_are_not_followed() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("lib.rs"), "not kata's").unwrap();
    let fixture = Fixture::new();
    let (course, pool) = fixture.exercise("pool");
    for (link, target) in [
        (LIB, elsewhere.path().join("lib.rs")),
        ("exercises/pool/src", elsewhere.path().to_owned()),
        ("set-aside", elsewhere.path().to_owned()),
    ] {
        let fixture_of_link = Fixture::new();
        fixture_of_link.write(LIB, "my lib");
        fixture_of_link.link(link, target);
        let course = Course {
            root: fixture_of_link.root().to_owned(),
            ..course.clone()
        };
        let error = reset(&course, &pool).unwrap_err();
        assert!(matches!(error, ResetError::InTheWay(_)), "{link}: {error}");
        assert_eq!(
            fs::read_to_string(elsewhere.path().join("lib.rs")).unwrap(),
            "not kata's"
        );
        assert_eq!(elsewhere.path().read_dir().unwrap().count(), 1, "{link}");
    }
}

#[test]
fn two_resets_at_once_keep_the_version_once() {
    let fixture = Fixture::new();
    fixture.write(LIB, "my lib");
    let resets = std::thread::scope(|scope| {
        let resets: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| reset_pool(&fixture).unwrap()))
            .collect();
        resets
            .into_iter()
            .map(|reset| reset.join().unwrap())
            .collect::<Vec<_>>()
    });
    assert_eq!(
        resets.iter().filter(|reset| **reset != Reset::Unchanged).count(),
        1
    );
    assert_eq!(fixture.path("set-aside/pool").read_dir().unwrap().count(), 1);
}
