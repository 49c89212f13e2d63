//! What is made of the tables of [`crate::format`]: the reference in `docs/course-toml.md`, and the JSON Schema in
//! `docs/course.schema.json`, by which editors complete and check `course.toml`. A test keeps both current.

use std::{env, fmt::Write, fs, path::PathBuf};

use kata_protocol::{Kind, Verdict};
use serde_json::{Map, Value, json};

use crate::{
    Edition,
    format::{COURSE, COURSE_TOML, FORMAT, Key, Shape, TABLES, TEST, Table, WRONG},
};

/// The texts that a key may hold, where these are few.
fn words(table: &Table, key: &Key) -> Option<Vec<&'static str>> {
    let is = |other: &Table, name: &str| std::ptr::eq(table, other) && key.name == name;
    if is(&TEST, "kind") {
        Some(Kind::ALL.map(Kind::name).into())
    } else if is(&WRONG, "verdict") {
        let failures = Verdict::ALL.into_iter().filter(|verdict| !verdict.is_pass());
        Some(failures.map(Verdict::name).collect())
    } else if is(&COURSE, "edition") {
        Some(Edition::ALL.map(Edition::name).into())
    } else {
        None
    }
}

fn shape(table: &Table, key: &Key) -> Value {
    if let Some(words) = words(table, key) {
        return json!({ "enum": words });
    }
    match key.shape {
        Shape::Number if key.name == "format" => json!({ "const": FORMAT }),
        Shape::Text => json!({ "type": "string" }),
        Shape::Number => json!({ "type": "integer", "minimum": 0 }),
        Shape::Duration => json!({ "type": "string", "pattern": "^[0-9]+(ms|s|min)$" }),
        Shape::Size => json!({ "type": "string", "pattern": "^[0-9]+(KiB|MiB|GiB)$" }),
        Shape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Table(table) => object(table),
        Shape::Tables(table) => json!({ "type": "array", "minItems": 1, "items": object(table) }),
    }
}

fn object(table: &Table) -> Value {
    let mut properties = Map::new();
    for key in table.keys {
        let mut value = shape(table, key);
        value["description"] = key.about.into();
        properties.insert(key.name.to_owned(), value);
    }
    let required = table.keys.iter().filter(|key| key.required);
    json!({
        "type": "object",
        "description": table.about,
        "properties": properties,
        "required": required.map(|key| key.name).collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

fn schema() -> Value {
    let mut schema = object(&COURSE_TOML);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "course.toml of kata, format 1".into();
    schema
}

const HEAD: &str = "\
# course.toml

What the file of a course may hold. It is made from the tables by which kata reads the file (`harness/course/src/format.rs`), so it is
complete: a key that is not in here is a fault, and kata says so with its line.

Editors with support for TOML complete and check it as you type, by [course.schema.json](course.schema.json); the first line of the
shipped file names it:

```toml
#:schema docs/course.schema.json
```
";

fn reference() -> String {
    let mut page = HEAD.to_owned();
    for table in TABLES {
        write!(page, "\n## `{}`\n\n{}\n", table.header, table.about).unwrap();
        page.push_str("\n| key | | |\n| --- | --- | --- |\n");
        for key in table.keys {
            let due = if key.required { "required" } else { "optional" };
            let words = words(table, key).map(|words| format!(" One of `{}`.", words.join("`, `")));
            let about = format!("{}{}", key.about, words.unwrap_or_default());
            writeln!(page, "| `{}` | {due} | {about} `{}` |", key.name, key.example).unwrap();
        }
    }
    page
}

fn repository(path: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", path].iter().collect()
}

/// Compares a kept page with what it is made of; with `UPDATE` set it is written first.
fn assert_current(name: &str, current: &str) {
    if env::var_os("UPDATE").is_some() {
        fs::write(repository(name), current).unwrap();
    }
    let kept = fs::read_to_string(repository(name)).unwrap_or_default();
    assert!(
        kept == current,
        "{name} is out of date: run `UPDATE=1 cargo test -p kata-course reference`"
    );
}

#[test]
fn the_reference_and_the_schema_are_current() {
    assert_current("docs/course-toml.md", &reference());
    let schema = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    assert_current("docs/course.schema.json", &schema);
}

/// The file as the schema's language knows it.
fn parsed(text: &str) -> Value {
    serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap()
}

#[test]
fn the_shipped_course_fits_the_schema_and_a_broken_one_does_not() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let shipped = fs::read_to_string(repository("course.toml")).unwrap();
    assert!(shipped.starts_with("#:schema docs/course.schema.json\n"));
    let faults: Vec<String> = validator
        .iter_errors(&parsed(&shipped))
        .map(|fault| fault.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    for (from, to) in [
        ("format = 1", "format = 2"),
        ("edition = \"2024\"", "edition = \"2020\""),
        ("cpu = \"10s\"", "cpu = 10"),
        ("kind = \"plain\"", "kind = \"plane\""),
        ("verdict = \"race\"", "verdict = \"pass\""),
        ("feedback = ", "feed_back = "),
    ] {
        assert!(shipped.contains(from), "{from}");
        assert!(
            !validator.is_valid(&parsed(&shipped.replacen(from, to, 1))),
            "{to}"
        );
    }
}
