//! One attack: its source, and what its first lines say of it.
//!
//! ```text
//! //! tries: what it does, in a sentence
//! //! kata: the slug of the exercise that it is submitted to
//! //! verdict: what the report must say; `verdict A B: …` where it is another one in some tiers
//! //! test: the test that must get this verdict, in place of the report
//! //! runs: how often it runs, one run after the other: what the first leaves, the second finds
//! //! beyond: why no layer can stop it, where none can
//! //! shows: a text that the report must have
//! //! never shows: a text that it must not have
//! ```
//!
//! Only the first three must be there. An attack that gets where it must not panics, or prints, with a text that begins with
//! `ESCAPED:`; one that does not gives the right answer.

use std::{fs, path::Path};

use kata_protocol::Verdict;
use serde_json::Value;

use super::data;

/// What an attack says, wherever it can, when it has got where it must not.
const ESCAPED: &str = "ESCAPED:";

/// The tiers in which a verdict may be another one.
const TIERS: [&str; 4] = ["A", "B", "C", "D"];

/// A submission that does harm if it can.
pub(super) struct Attack {
    /// Its file in `tests/attacks`, without the ending.
    pub(super) name: String,
    pub(super) source: String,
    /// The slug of the exercise that it is submitted to.
    pub(super) kata: String,
    /// How often it runs, one run after the other: what the first leaves, the second finds.
    pub(super) runs: usize,
    /// The test that must get the verdict; otherwise it is that of the report.
    test: Option<String>,
    /// Verdicts, each with the tiers in which it may be.
    verdicts: Vec<(Vec<String>, String)>,
    shows: Vec<String>,
    never_shows: Vec<String>,
}

impl Attack {
    /// All of them, by name.
    pub(super) fn all() -> Vec<Attack> {
        let mut files: Vec<_> = fs::read_dir(data("attacks"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files.iter().map(|file| Attack::read(file)).collect()
    }

    fn read(file: &Path) -> Attack {
        let source = fs::read_to_string(file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut attack = Attack {
            name: name.clone(),
            source: expanded(&source),
            kata: String::new(),
            runs: 1,
            test: None,
            verdicts: Vec::new(),
            shows: Vec::new(),
            never_shows: Vec::new(),
        };
        let mut tries = false;
        for line in source.lines().map_while(|line| line.strip_prefix("//! ")) {
            let (field, value) = line
                .split_once(": ")
                .unwrap_or_else(|| panic!("{name}: a field and its value, not {line:?}"));
            let value = value.to_owned();
            match field {
                "tries" => tries = true,
                "beyond" => {}
                "kata" => attack.kata = value,
                "runs" => attack.runs = value.parse().unwrap(),
                "test" => attack.test = Some(value),
                "shows" => attack.shows.push(value),
                "never shows" => attack.never_shows.push(value),
                _ => attack.verdicts.push((tiers(&name, field), known(&name, value))),
            }
        }
        assert!(tries, "{name} says what it tries");
        assert!(!attack.kata.is_empty(), "{name} says its kata");
        assert!(!attack.verdicts.is_empty(), "{name} says its verdict");
        attack
    }

    /// What is wrong with the report of a run; `said` is what kata said besides.
    pub(super) fn faults(&self, report: &Value, said: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let tests = report["tests"].as_array().map_or(&[][..], Vec::as_slice);
        let got = match &self.test {
            None => &report["verdict"],
            Some(name) => tests
                .iter()
                .find(|test| test["name"] == name.as_str())
                .map_or(&Value::Null, |test| &test["verdict"]),
        };
        let tier = report["sandbox"]["tier"].as_str();
        let expected = self.verdict(tier.unwrap_or("D"));
        if got != expected {
            let why: Vec<&Value> = tests
                .iter()
                .filter(|test| test["verdict"] != "pass")
                .flat_map(|test| [&test["name"], &test["message"]])
                .chain(
                    report["diagnostics"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(|it| &it["message"]),
                )
                .collect();
            faults.push(format!("{got} in place of {expected:?}: {why:?} {said}"));
        }
        let mut shown = Vec::new();
        strings(report, &mut shown);
        // Sources are quoted in diagnostics; what ran speaks in tests.
        let mut spoken = vec![said];
        tests.iter().for_each(|test| strings(test, &mut spoken));
        if let Some(escape) = spoken
            .iter()
            .find_map(|text| text.find(ESCAPED).map(|at| &text[at..]))
        {
            faults.push(escape.lines().next().unwrap_or_default().to_owned());
        }
        for text in &self.shows {
            if !shown.iter().any(|string| string.contains(text)) {
                faults.push(format!("does not show {text:?}: {report:#}"));
            }
        }
        for text in self.never_shows.iter().map(|text| unescaped(text)) {
            if shown.iter().any(|string| string.contains(&text)) {
                faults.push(format!("shows {text:?}"));
            }
        }
        faults
    }

    fn verdict(&self, tier: &str) -> &str {
        let of_tier = self
            .verdicts
            .iter()
            .find(|(tiers, _)| tiers.iter().any(|name| name == tier));
        &of_tier
            .unwrap_or_else(|| panic!("{} says no verdict of tier {tier}", self.name))
            .1
    }
}

/// What begins a line of which a source has many.
const MANY: &str = "//× ";

/// The source with each line `//× COUNT: LINE` as many times as it says; `@N@` is a number then.
fn expanded(source: &str) -> String {
    let mut text = String::new();
    for line in source.lines() {
        let many = line.strip_prefix(MANY).and_then(|many| many.split_once(": "));
        let (count, line) = many.map_or((1, line), |(count, line)| (count.parse().unwrap(), line));
        for number in 0..count {
            text.push_str(&line.replace("@N@", &number.to_string()));
            text.push('\n');
        }
    }
    text
}

/// The tiers that the field `verdict` or `verdict A B` is about.
fn tiers(name: &str, field: &str) -> Vec<String> {
    let mut words = field.split(' ').map(str::to_owned);
    assert_eq!(
        words.next().as_deref(),
        Some("verdict"),
        "{name}: no field {field:?}"
    );
    let named: Vec<String> = words.collect();
    assert!(
        named.iter().all(|tier| TIERS.contains(&tier.as_str())),
        "{name}: {field:?}"
    );
    match named.is_empty() {
        true => TIERS.map(str::to_owned).into(),
        false => named,
    }
}

fn known(name: &str, verdict: String) -> String {
    let read = serde_json::from_value::<Verdict>(Value::from(verdict.as_str()));
    assert!(read.is_ok(), "{name}: there is no verdict {verdict:?}");
    verdict
}

/// `\e` stands for the escape character, `\r` for a carriage return, `\u` for the override that turns text round.
fn unescaped(text: &str) -> String {
    text.replace("\\e", "\x1b")
        .replace("\\r", "\r")
        .replace("\\u", "\u{202e}")
}

/// Every string in a value.
fn strings<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}
