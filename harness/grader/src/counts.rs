//! Whether the course of a submission can depend on what no exploration sees: how many references an `Arc` has, or what
//! `unsafe` code shares.
//!
//! The real `Arc` counts where nobody sees it: two schedules that differ only in who drops last are one to an explorer.
//! So where a submission, or its test, can tell them apart, either the counts are the model's, or nothing is proved.
//!
//! Names tell, and whoever hides one from this finds it again: there is no way to call a function without its name, and a
//! name is looked for wherever it stands, in macros too.

use std::str::FromStr;

use kata_protocol::{
    Location,
    report::{Unproved, Why},
};
use proc_macro2::TokenStream;

use crate::{
    intake::SourceFile,
    rules::DEEPEST_NESTING,
    tokens::{Token, Tokens},
};

/// Functions whose result depends on the counts, whatever they are called on.
const LOOK: [&str; 8] = [
    "decrement_strong_count",
    "increment_strong_count",
    "make_mut",
    "strong_count",
    "try_unwrap",
    "unwrap_or_clone",
    "upgrade",
    "weak_count",
];

/// Functions of `Arc` that other types have as well.
const LOOK_OF_ARC: [&str; 2] = ["get_mut", "into_inner"];

/// Types whose functions of those names have nothing to do with it, where nothing else bears their names.
const INNOCENT: [&str; 8] = [
    "Cell",
    "LazyLock",
    "Mutex",
    "OnceLock",
    "PoisonError",
    "RefCell",
    "RwLock",
    "UnsafeCell",
];

/// What has an end that others notice: a type with a `Drop`, and the ends of a channel. (A lock's guard has one too, and
/// stays on its thread.)
const END: [&str; 6] = [
    "Drop",
    "Receiver",
    "Sender",
    "SyncSender",
    "channel",
    "sync_channel",
];

/// Where the counts begin to matter; `None` if they do not. `files` are the submission's, and `tests` the hidden tests.
pub(crate) fn matter(files: &[&SourceFile], tests: &SourceFile) -> Option<Unproved> {
    let all: Vec<(&SourceFile, Option<Tokens>)> = files
        .iter()
        .copied()
        .chain([tests])
        .map(|file| (file, read(file)))
        .collect();
    // What cannot be read is not run either.
    let known = || {
        all.iter()
            .filter_map(|(file, tokens)| Some((*file, tokens.as_ref()?)))
    };
    let shares = known().any(|(_, tokens)| tokens.words().any(|(_, word)| word == "Arc"));
    if !shares {
        return None;
    }
    let expands = known().any(|(_, tokens)| tokens.words().any(|(_, word)| word == "macro_rules"));
    let looks = known().find_map(|(file, tokens)| Some((Why::Looked, file, first_look(tokens, expands)?)));
    let ends = || known().find_map(|(file, tokens)| Some((Why::Dropped, file, first_end(tokens)?)));
    let (why, file, (word, token)) = looks.or_else(ends)?;
    Some(Unproved {
        why,
        word: word.to_owned(),
        // Where it is in the hidden tests is not for the learner to know.
        location: (file != tests).then(|| place(file, token)),
    })
}

/// Where the submission's files begin to share memory by other means than std's; `None` if they do not.
pub(crate) fn shared_by_force(files: &[&SourceFile]) -> Option<Unproved> {
    files.iter().find_map(|file| {
        let tokens = read(file)?;
        let (at, word) = tokens.words().find(|(_, word)| *word == "unsafe")?;
        Some(Unproved {
            why: Why::Unsafe,
            word: word.to_owned(),
            location: Some(place(file, tokens.get(at)?)),
        })
    })
}

fn place(file: &SourceFile, token: &Token) -> Location {
    Location {
        file: file.shown.clone(),
        line: u32::try_from(token.start.line).unwrap_or(u32::MAX),
        column: u32::try_from(token.start.column + 1).unwrap_or(u32::MAX),
    }
}

/// Whether a crate of these files can reach the real `Arc` past the facade: through `alloc`, which has it as well.
pub(crate) fn reaches_past<'a>(files: impl IntoIterator<Item = &'a SourceFile>) -> bool {
    files
        .into_iter()
        .any(|file| read(file).is_none_or(|tokens| tokens.words().any(|(_, word)| word == "alloc")))
}

fn read(file: &SourceFile) -> Option<Tokens> {
    let stream = TokenStream::from_str(&file.text).ok()?;
    let tokens = Tokens::flatten(stream, DEEPEST_NESTING).ok()?;
    Some(tokens.without_unit_tests())
}

fn first_look(tokens: &Tokens, expands: bool) -> Option<(&str, &Token)> {
    let (at, word) = tokens.words().find(|(at, word)| {
        LOOK.contains(word) || (LOOK_OF_ARC.contains(word) && may_be_of_arc(tokens, *at, expands))
    })?;
    Some((word, tokens.get(at)?))
}

/// Whether the name at `at`, which `Arc` and others have, may be that of `Arc`. Not as a method: `Arc` has none of these
/// names. But what looks like one, or like a path, may be made another thing by a macro.
fn may_be_of_arc(tokens: &Tokens, at: usize, expands: bool) -> bool {
    let is_method = tokens.punctuation_before(at, ".");
    let is_defined = at >= 1 && tokens.word(at - 1) == Some("fn");
    let is_innocent = || {
        let owner = at.checked_sub(3).and_then(|owner| tokens.word(owner));
        tokens.separator_before(at) && owner.is_some_and(|owner| is_innocent(tokens, owner))
    };
    expands || !(is_method || is_defined || is_innocent())
}

/// Whether `name` is that of a type which does not count references, and of nothing else in this file.
fn is_innocent(tokens: &Tokens, name: &str) -> bool {
    let renames = |at: usize| at >= 1 && matches!(tokens.word(at - 1), Some("as" | "type" | "trait"));
    INNOCENT.contains(&name) && !tokens.words().any(|(at, word)| word == name && renames(at))
}

fn first_end(tokens: &Tokens) -> Option<(&str, &Token)> {
    let (at, word) = tokens.words().find(|(_, word)| END.contains(word))?;
    Some((word, tokens.get(at)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(shown: &str, text: &str) -> SourceFile {
        SourceFile {
            relative: "src/lib.rs".into(),
            shown: shown.into(),
            text: text.into(),
        }
    }

    fn found(text: &str, tests: &str) -> Option<Unproved> {
        let (files, tests) = (
            file("exercises/demo/src/lib.rs", text),
            file("tests/demo/hidden.rs", tests),
        );
        matter(&[&files], &tests)
    }

    /// The word that is found, in a submission that shares something.
    fn word(text: &str) -> Option<String> {
        Some(found(&format!("use std::sync::Arc; {text}"), "")?.word)
    }

    #[test]
    fn a_look_at_the_counts_is_found_however_it_is_written() {
        for text in [
            "fn f() { Arc::try_unwrap(x) }",
            "fn f() { weak.upgrade() }",
            "fn f() { std::sync::Arc::get_mut(&mut x) }",
            "fn f() { Arc::<u8>::get_mut(&mut x) }",
            "fn f() { <Arc<u8>>::into_inner(x) }",
            "fn f() { <Arc<_>>::strong_count(&x) }",
            "use std::sync::Arc as A; fn f() { A::into_inner(x) }",
            "use std::sync::Arc as Mutex; fn f() { Mutex::into_inner(x) }",
            "type Cell<T> = Arc<T>; fn f() { Cell::get_mut(&mut x) }",
            "trait Own { fn own(self); } impl<T> Own for Arc<T> { fn own(self) { Self::into_inner(self); } }",
            "fn f(g: fn(Arc<u8>) -> Option<u8>) {} fn h() { f(Arc::into_inner) }",
            "macro_rules! m { ($t:ident, $f:ident) => { $t::$f(x) } } fn f() { m!(Arc, into_inner) }",
            "macro_rules! m { (. $f:ident) => { Arc::$f(x) } } fn f() { m!(.get_mut) }",
            "macro_rules! m { (Mutex::$f:ident) => { Arc::$f(x) } } fn f() { m!(Mutex::into_inner) }",
            "fn f() { Arc::r#try_unwrap(x) }",
            "fn f() { println!(\"{}\", Arc::strong_count(&x)) }",
            "fn f() { unsafe { Arc::decrement_strong_count(p) } }",
            "fn f() { let g = Arc::make_mut; }",
            "mod m { pub use std::sync::Arc as B; } fn f() { m::B::unwrap_or_clone(x) }",
        ] {
            assert!(word(text).is_some(), "{text}");
        }
    }

    #[test]
    fn names_that_say_nothing_about_the_counts_are_passed_over() {
        for text in [
            "fn f() { mutex.get_mut(); cell.into_inner() }",
            "fn f() { Mutex::into_inner(x); std::sync::Mutex::get_mut(&mut x) }",
            "fn f() { x.lock().unwrap_or_else(PoisonError::into_inner) }",
            "fn f() { Arc::clone(&x); Arc::ptr_eq(&x, &y) }",
            "impl S { fn into_inner(self) -> u8 { 0 } }",
            "fn f() { let upgraded = 1; dropped(Dropped) }",
            "// Arc::try_unwrap, Drop\nconst X: &str = \"Arc::strong_count\";",
            "#[cfg(test)] mod tests { fn t() { Arc::try_unwrap(x) } }",
        ] {
            assert_eq!(word(text), None, "{text}");
        }
    }

    #[test]
    fn an_end_that_is_noticed_counts_where_something_is_shared() {
        for text in [
            "impl Drop for S { fn drop(&mut self) {} }",
            "use std::ops::Drop as D; impl D for S { fn drop(&mut self) {} }",
            "use std::sync::mpsc; fn f() { mpsc::channel() }",
            "fn f(x: Arc<Mutex<Receiver<Job>>>) {}",
        ] {
            assert!(word(text).is_some(), "{text}");
            // With nothing shared there is nothing to count.
            assert_eq!(found(text.replace("Arc", "Box").as_str(), ""), None, "{text}");
        }
    }

    #[test]
    fn what_the_tests_do_counts_and_stays_hidden() {
        let hidden = "use std::sync::Arc; fn t() { check!(Arc::strong_count(&x) == 1) }";
        let found = found("fn f() {}", hidden).unwrap();
        assert_eq!(
            (found.why, found.word.as_str(), found.location),
            (Why::Looked, "strong_count", None)
        );
    }

    #[test]
    fn the_place_is_the_first_look_or_else_the_first_end() {
        let text = "use std::sync::Arc;\nimpl Drop for S {\n fn drop(&mut self) {} }\nfn f() { Arc::get_mut(&mut x) }";
        let look = found(text, "").unwrap();
        assert_eq!(
            look.location.unwrap().to_string(),
            "exercises/demo/src/lib.rs:4:15"
        );
        let end = found(&text.replace("get_mut", "clone"), "").unwrap();
        assert_eq!(end.location.unwrap().to_string(), "exercises/demo/src/lib.rs:2:6");
    }

    #[test]
    fn memory_that_is_shared_by_force_is_seen() {
        let force = |text| shared_by_force(&[&file("exercises/demo/src/lib.rs", text)]);
        let found = force("struct S;\nunsafe impl Sync for S {}").unwrap();
        assert_eq!((found.why, found.location.unwrap().line), (Why::Unsafe, 2));
        assert_eq!(force("#![forbid(unsafe_code)]\n// unsafe\nfn f() {}"), None);
    }

    #[test]
    fn the_road_through_alloc_is_seen() {
        let reaches = |text| reaches_past([&file("x", text)]);
        assert!(reaches("extern crate alloc; use alloc::sync::Arc;"));
        assert!(reaches("extern crate alloc as a; use a::sync::Arc;"));
        assert!(!reaches("use std::sync::Arc;"));
    }
}
