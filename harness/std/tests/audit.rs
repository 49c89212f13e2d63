//! The list of what std has (`api/items.txt`) against the facade, against the snippets, and against std's documentation.

#![allow(
    clippy::unwrap_used,
    reason = "in a test, a panic with its line is the message"
)]

mod rustc;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    process::Command,
};

use rustc::Rustc;

const ITEMS: &str = include_str!("api/items.txt");

/// The files of snippets, by their names in the list.
const SNIPPETS: [(&str, &str); 7] = [
    ("locks", include_str!("api/locks.rs")),
    ("once", include_str!("api/once.rs")),
    ("atomic", include_str!("api/atomic.rs")),
    ("channels", include_str!("api/channels.rs")),
    ("threads", include_str!("api/threads.rs")),
    ("references", include_str!("api/references.rs")),
    ("time_and_panics", include_str!("api/time_and_panics.rs")),
];

/// A line of the list.
struct Line {
    snippets: &'static str,
    /// A module, or a type with its arguments; several where it says so with braces.
    places: Vec<String>,
    /// Each with whether the facade has it.
    names: Vec<(&'static str, bool)>,
}

impl Line {
    fn is_module(&self) -> bool {
        self.places.iter().all(|place| is_module(place))
    }
}

/// Modules have small names.
fn is_module(place: &str) -> bool {
    let last = place.rsplit("::").next().unwrap();
    last.chars().all(|letter| letter.is_lowercase())
}

fn lines() -> Vec<Line> {
    let lines = ITEMS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let [snippets, place, names] = line.split(" | ").collect::<Vec<_>>()[..] else {
                panic!("no line of the list: {line}")
            };
            let names = names.split(' ').map(|name| match name.strip_prefix('-') {
                Some(absent) => (absent, false),
                None => (name, true),
            });
            Line {
                snippets,
                places: expanded(place),
                names: names.collect(),
            }
        })
        .collect()
}

/// `a{B C}` is `aB` and `aC`.
fn expanded(place: &str) -> Vec<String> {
    match place.split_once('{') {
        None => vec![place.to_owned()],
        Some((common, rest)) => {
            let ends = rest.trim_end_matches('}').split(' ');
            ends.map(|end| format!("{common}{end}")).collect()
        }
    }
}

/// A program of one line for each item, and which item each line is about.
fn program(modules: bool, line_of: impl Fn(usize, &str, &str) -> String) -> (String, Vec<(String, bool)>) {
    let mut source = String::from("#![allow(unused, deprecated)]\n");
    let mut items = vec![("the first line".to_owned(), true)];
    for line in lines().iter().filter(|line| line.is_module() == modules) {
        for place in &line.places {
            for (name, present) in &line.names {
                source.push_str(&line_of(items.len(), place, name));
                source.push('\n');
                items.push((format!("{place}::{name}"), *present));
            }
        }
    }
    (source + "fn main() {}\n", items)
}

/// The items whose lines the compiler finds fault with, but for types that it cannot infer.
fn missing(errors: &str, items: &[(String, bool)]) -> BTreeSet<String> {
    errors
        .lines()
        .filter(|line| line.contains(": error") && !["E0282", "E0283"].iter().any(|code| line.contains(code)))
        .filter_map(|line| line.split(':').nth(1)?.parse().ok())
        .map(|line: usize| items[line - 1].0.clone())
        .collect()
}

#[test]
fn every_item_is_there_but_for_those_that_are_left_out() {
    let rustc = Rustc::new();
    let methods = program(false, |n, place, name| {
        format!("fn _{n}() {{ let _ = <std::{place}>::{name}; }}")
    });
    let modules = program(true, |n, place, name| {
        format!("use std::{place}::{name} as _{n};")
    });
    for (source, items) in [methods, modules] {
        assert!(items.len() > 50, "{} items", items.len());
        let of_std = rustc.refusals(&source, &[]);
        assert_eq!(
            missing(&of_std, &items),
            BTreeSet::new(),
            "std has no such items:\n{of_std}"
        );
        let left_out = items.iter().filter(|(_, present)| !present);
        let expected: BTreeSet<String> = left_out.map(|(item, _)| item.clone()).collect();
        let of_facade = rustc.refusals(&source, &["std"]);
        assert_eq!(missing(&of_facade, &items), expected, "{of_facade}");
    }
}

#[test]
fn every_item_is_in_a_snippet() {
    // Where several types have a function of the same name, it has to be there as often.
    let mut wanted: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in lines() {
        for (name, present) in line.names {
            *wanted.entry((line.snippets, name)).or_default() += usize::from(present);
        }
    }
    let missing: Vec<String> = wanted
        .into_iter()
        .filter(|((snippets, name), times)| uses(snippets, name) < *times)
        .map(|((snippets, name), times)| format!("{snippets}.rs: {name}, {times} times"))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// How often a file of snippets has a word.
fn uses(snippets: &str, name: &str) -> usize {
    let (_, text) = SNIPPETS.iter().find(|(file, _)| *file == snippets).unwrap();
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| *word == name).count()
}

/// The pages of std's documentation, where they are installed.
fn documentation() -> Option<PathBuf> {
    let asked = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .unwrap();
    let sysroot = String::from_utf8(asked.stdout).unwrap();
    let pages = PathBuf::from(sysroot.trim()).join("share/doc/rust/html/std");
    pages.is_dir().then_some(pages)
}

#[test]
fn nothing_of_the_documentation_is_missing_in_the_list() {
    let Some(pages) = documentation() else {
        eprintln!("not tested: the component `rust-docs` is not installed");
        return;
    };
    let listed: BTreeSet<String> = lines()
        .iter()
        .flat_map(|line| {
            let place = |place: &String| place.split('<').next().unwrap().to_owned();
            let of_place = |place: String| {
                let names = line.names.iter();
                names
                    .map(move |(name, _)| format!("{place}::{name}"))
                    .collect::<Vec<_>>()
            };
            line.places
                .iter()
                .map(place)
                .flat_map(of_place)
                .collect::<Vec<_>>()
        })
        .collect();
    let places: BTreeSet<String> = lines().iter().flat_map(|line| line.places.clone()).collect();
    for place in places {
        let place = place.split('<').next().unwrap();
        let (folders, name) = place.rsplit_once("::").unwrap_or(("", place));
        let folder = pages.join(folders.replace("::", "/"));
        let documented = match is_module(place) {
            true => of_module(&fs::read_to_string(folder.join(name).join("index.html")).unwrap()),
            false => of_type(&fs::read_to_string(folder.join(format!("struct.{name}.html"))).unwrap()),
        };
        assert!(!documented.is_empty(), "{place}: the page is not understood");
        for item in documented {
            assert!(
                listed.contains(&format!("{place}::{item}")),
                "{place}::{item} is new"
            );
        }
    }
}

/// The stable functions of a type, by its page.
fn of_type(page: &str) -> BTreeSet<String> {
    // Behind them stand those of the type that it dereferences to, and of its traits.
    let ends = ["id=\"deref-methods", "id=\"trait-implementations"];
    let end = ends.iter().filter_map(|end| page.find(end)).min();
    let sections = page[..end.unwrap_or(page.len())]
        .split("<section id=\"method.")
        .skip(1);
    sections
        .filter_map(|section| {
            let (name, rest) = section.split_once('"')?;
            let (signature, _) = rest.split_once("</section>")?;
            // What is not stable is of no version. Of several functions of a name, the later ones have a number.
            let name = name.split('-').next()?;
            signature.contains("class=\"since\"").then(|| name.to_owned())
        })
        .collect()
}

/// The stable items of a module but for its modules, by its page.
fn of_module(page: &str) -> BTreeSet<String> {
    page.split("<dt>")
        .skip(1)
        .filter_map(|entry| {
            let (entry, _) = entry.split_once("</dt>")?;
            let (_, link) = entry.split_once("href=\"")?;
            let (file, _) = link.split_once('"')?;
            let (_, name) = file.strip_suffix(".html")?.split_once('.')?;
            (!entry.contains("Experimental")).then(|| name.to_owned())
        })
        .collect()
}
