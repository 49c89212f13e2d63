//! A list of what std has, against std itself, a facade and std's documentation.
#![allow(dead_code, reason = "each list has its own use")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

use crate::rustc::Rustc;

/// A line of the list.
pub(crate) struct Line {
    pub(crate) snippets: &'static str,
    /// A module, or a type with its arguments; several where it says so with braces.
    pub(crate) places: Vec<String>,
    /// Each with whether the facade has it.
    pub(crate) names: Vec<(&'static str, bool)>,
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

pub(crate) fn lines(list: &'static str) -> Vec<Line> {
    let lines = list
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
fn program(
    list: &'static str,
    modules: bool,
    line_of: impl Fn(usize, &str, &str) -> String,
) -> (String, Vec<(String, bool)>) {
    let mut source = String::from("#![allow(unused, deprecated)]\n");
    let mut items = vec![("the first line".to_owned(), true)];
    for line in lines(list).iter().filter(|line| line.is_module() == modules) {
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

/// Checks that the facade has all of a list but for what the list says is left out.
pub(crate) fn are_there(rustc: &Rustc, list: &'static str) {
    let methods = program(list, false, |n, place, name| {
        format!("fn _{n}() {{ let _ = <std::{place}>::{name}; }}")
    });
    let modules = program(list, true, |n, place, name| {
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

/// Checks that nothing of the documentation of the list's types and modules is missing in it.
pub(crate) fn are_documented(list: &'static str) {
    let Some(pages) = documentation() else {
        eprintln!("not tested: the component `rust-docs` is not installed");
        return;
    };
    let listed: BTreeSet<String> = lines(list)
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
    let places: BTreeSet<String> = lines(list).iter().flat_map(|line| line.places.clone()).collect();
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
