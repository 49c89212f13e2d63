//! `kata course new`: an exercise out of a template, which passes `kata course check` as it is.

use include_dir::{Dir, include_dir};
use kata_course::{Course, NewExercise, add};
use kata_grader::PINNED_CRATES;
use kata_protocol::Kind;

use crate::{Exit, arguments::CourseNew, output::Output, session::Session};

/// A folder for each kind of test, with what an exercise of that kind begins as; and the manifests, which are alike.
static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// What the crates of an async exercise depend on.
const TOKIO: &str = r#"
[dependencies]
tokio = { version = "1", features = ["macros", "rt", "sync", "time"] }
"#;

/// Adds the exercise, and says what is where.
pub(super) fn run(asked: &CourseNew, session: &Session, output: &Output) -> anyhow::Result<Exit> {
    let course = &session.course;
    let track = match (&asked.track, course.exercises.last(), course.tracks.first()) {
        (Some(track), _, _) => track,
        // Where the last exercise is, the next one is likely to be.
        (None, Some(last), _) => &last.track,
        (None, None, Some(first)) => &first.id,
        (None, None, None) => &course.id,
    };
    let title = asked.title.clone().unwrap_or_else(|| in_words(&asked.slug));
    let new = filled_in(asked.kind, course, &asked.slug, &title, track);
    add(course, &new, PINNED_CRATES)?;
    let slug = &asked.slug;
    output.print(&format!(
        "{slug} is the last exercise of the course now, and passes `kata course check {slug}` as it is.\n\n  \
         exercises/{slug}/   the task (README.md), and what the learner begins with\n  \
         solutions/{slug}/   the reference\n  \
         tests/{slug}/       hidden tests, the starter once more, wrong and right solutions\n  \
         course.toml         its entry: title, hints, tests with their points\n\n\
         Change one thing at a time, and check. docs/teacher.md of kata says what each file is for.\n"
    ))?;
    Ok(Exit::Passed)
}

/// A title for a slug: `two-locks` is `Two locks`.
fn in_words(slug: &str) -> String {
    let mut words = slug.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// A text as TOML writes a string, in quotation marks.
fn as_a_string(text: &str) -> String {
    let mut string = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => string.extend(['\\', letter]),
            // Whether one may stand there is for the course to say, with its reason.
            letter if letter.is_control() => string += &format!("\\u{:04X}", u32::from(letter)),
            letter => string.push(letter),
        }
    }
    string + "\""
}

/// The template of that kind, for this exercise.
fn filled_in(kind: Kind, course: &Course, slug: &str, title: &str, track: &str) -> NewExercise {
    let dependencies = if kind.is_async() { TOKIO } else { "" };
    let fill = |text: &str| {
        text.replace("{{slug}}", slug)
            .replace("{{crate}}", &slug.replace('-', "_"))
            .replace("{{track}}", track)
            .replace("{{edition}}", course.edition.name())
            .replace("{{dependencies}}", dependencies)
            // In `course.toml` the title is a string; elsewhere it is read as it is. It comes last: what stands in it is no template.
            .replace("{{title as a string}}", &as_a_string(title))
            .replace("{{title}}", title)
    };
    let text = |path: &str| {
        let file = TEMPLATES.get_file(path);
        let text = file.and_then(|file| file.contents_utf8());
        fill(text.expect("every kind has a template, and a test looks for each of its files"))
    };
    let of_kind = |file: &str| text(&format!("{}/{file}", kind.name()));
    // A program has a file of its own name, and other manifests.
    let (root, manifests) = match kind {
        Kind::Program => ("src/main.rs", ["exercise-program.toml", "solution-program.toml"]),
        _ => ("src/lib.rs", ["exercise.toml", "solution.toml"]),
    };
    let [of_exercise, of_solution] = manifests.map(text);
    let (starter, tests) = (of_kind("starter.rs"), format!("tests/{slug}"));
    let mut files = vec![
        (format!("exercises/{slug}/Cargo.toml"), of_exercise),
        (format!("exercises/{slug}/README.md"), of_kind("README.md")),
        (format!("exercises/{slug}/{root}"), starter.clone()),
        (
            format!("exercises/{slug}/tests/visible.rs"),
            of_kind("visible.rs"),
        ),
        (format!("solutions/{slug}/Cargo.toml"), of_solution),
        (format!("solutions/{slug}/{root}"), of_kind("solution.rs")),
        (format!("{tests}/starter.rs"), starter),
        (format!("{tests}/hidden.rs"), of_kind("hidden.rs")),
    ];
    for role in ["wrong", "right"] {
        let folder = TEMPLATES.get_dir(format!("{}/{role}", kind.name()));
        for file in folder.into_iter().flat_map(Dir::files) {
            let name = file.path().file_name().unwrap_or_default().to_string_lossy();
            let text = file.contents_utf8().unwrap_or_default();
            files.push((format!("{tests}/{role}/{name}"), fill(text)));
        }
    }
    NewExercise {
        slug: slug.to_owned(),
        files,
        entry: of_kind("entry.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_a_title_in_words() {
        assert_eq!(in_words("two-locks"), "Two locks");
        assert_eq!(in_words(""), "");
    }

    #[test]
    fn any_title_is_a_string_of_toml() {
        for title in [
            "Plain",
            r#"Say "hi""#,
            r"a\b",
            "two\nlines\t\u{7f}\u{85}",
            "größer",
            "{{slug}}",
        ] {
            let written = format!("title = {}", as_a_string(title));
            let read: toml::Table = written.parse().unwrap();
            assert_eq!(read["title"].as_str(), Some(title), "{written}");
        }
    }

    #[test]
    fn every_kind_has_a_whole_template() {
        for kind in Kind::ALL {
            for file in [
                "README.md",
                "starter.rs",
                "solution.rs",
                "hidden.rs",
                "visible.rs",
                "entry.toml",
            ] {
                let path = format!("{}/{file}", kind.name());
                assert!(TEMPLATES.get_file(&path).is_some(), "{path}");
            }
            for folder in ["wrong", "right"] {
                let path = format!("{}/{folder}", kind.name());
                let files = TEMPLATES
                    .get_dir(&path)
                    .map_or(0, |folder| folder.files().count());
                assert!(files > 0, "{path}");
            }
        }
    }
}
