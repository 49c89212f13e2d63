//! What an exercise forbids, each breach with its line.
//!
//! The rules look at tokens, not at a syntax tree: so they see into macro calls and `macro_rules!` bodies, know
//! no syntax that is newer than they are, and cannot be made to recurse by a hostile file. Only `use`
//! declarations are parsed (with `syn`), to follow what a name stands for.
//!
//! They are a courtesy, not a border: they tell a learner early and plainly. What must not happen is stopped
//! where the code runs.

mod breach;
mod names;
mod paths;

use std::str::FromStr;

use kata_course::Forbidden;
use kata_protocol::report::{Diagnostic, Level};
use proc_macro2::TokenStream;

use crate::{
    intake::SourceFile,
    tokens::{Token, Tokens},
};
use breach::Breach;

/// Deeper nesting of brackets than this is refused: nobody writes it, and compilers have been made to
/// overflow their stacks by it.
pub(crate) const DEEPEST_NESTING: usize = 128;

/// More breaches of a file are not shown: each is drawn with its line.
const SHOWN_CAP: usize = 20;

/// What a submission may not do, whatever the exercise says: read files into itself while it is compiled.
const NEVER_MACROS: [&str; 3] = ["include", "include_bytes", "include_str"];

/// What async submissions may not touch: the clock that they are measured by.
const CLOCK_CONTROLS: [&str; 3] = [
    "tokio::time::advance",
    "tokio::time::pause",
    "tokio::time::resume",
];

/// What submissions whose threads are the model's may not share: no schedule knows of it, so a race for it would go unseen.
const OUT_OF_SIGHT: [&str; 11] = [
    "std::env::remove_var",
    "std::env::set_current_dir",
    "std::env::set_var",
    "std::fs",
    "std::io::pipe",
    "std::net::TcpListener",
    "std::net::TcpStream",
    "std::net::ToSocketAddrs",
    "std::net::UdpSocket",
    "std::os",
    "std::process::Command",
];

/// What goes on beside the tasks whose orders are explored.
const PAST_THE_TURNS: [&str; 3] = ["std::thread::Builder", "std::thread::scope", "std::thread::spawn"];

/// How the tests of an exercise run a submission.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ways {
    /// On a clock that stands still until every task waits.
    pub(crate) virtual_time: bool,
    /// In every order of its tasks.
    pub(crate) tasks: bool,
    /// With threads of the model.
    pub(crate) modelled: bool,
}

/// The outcome of the rules for one submission.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// The breaches, in the order of files and lines.
    pub(crate) breaches: Vec<Diagnostic>,
    /// A file whose tokens could not be read. The compiler is expected to say why; when it does not, the
    /// submission is rejected all the same, since its rules are unchecked.
    pub(crate) unreadable: Option<String>,
}

/// Checks the submission's files.
pub(crate) fn check<'a>(
    files: impl IntoIterator<Item = &'a SourceFile>,
    forbid: &[Forbidden],
    ways: Ways,
) -> Findings {
    let mut findings = Findings::default();
    for file in files {
        let Ok(stream) = TokenStream::from_str(&file.text) else {
            findings.unreadable.get_or_insert_with(|| file.shown.clone());
            continue;
        };
        let mut breaches = match Tokens::flatten(stream, DEEPEST_NESTING) {
            Err(too_deep) => vec![Breach::too_deep(too_deep, DEEPEST_NESTING)],
            Ok(tokens) => breaches(&tokens.without_unit_tests(), forbid, ways),
        };
        breaches.sort_by_key(|breach| (breach.span().start, breach.span().end));
        breaches.dedup();
        breaches.truncate(SHOWN_CAP);
        findings
            .breaches
            .extend(breaches.into_iter().map(|breach| breach.diagnostic(file)));
    }
    findings
}

/// What is said of a file whose rules could not be checked, and which the compiler accepts nevertheless.
pub(crate) fn unreadable(file: &str) -> Diagnostic {
    let message =
        format!("{file} cannot be checked against the rules of this exercise: write it more plainly");
    Diagnostic {
        level: Level::Error,
        code: Some("unreadable".to_owned()),
        rendered: format!("error: {message}"),
        message,
        location: None,
    }
}

fn breaches(tokens: &Tokens, forbid: &[Forbidden], ways: Ways) -> Vec<Breach> {
    let mut breaches = names::macros(tokens, &NEVER_MACROS);
    breaches.extend(names::path_attributes(tokens));
    let mut forbidden_paths: Vec<&str> = Vec::new();
    for rule in forbid {
        match rule {
            Forbidden::Unsafe => breaches.extend(names::word(tokens, "unsafe", Breach::keyword)),
            Forbidden::Path(path) => forbidden_paths.push(path),
        }
    }
    if ways.virtual_time {
        forbidden_paths.extend(CLOCK_CONTROLS);
    }
    breaches.extend(named(tokens, &forbidden_paths, Breach::forbidden_path));
    if ways.tasks {
        breaches.extend(named(tokens, &PAST_THE_TURNS, Breach::past_the_turns));
        for word in ["static", "thread_local"] {
            breaches.extend(names::word(tokens, word, Breach::outlives_an_order));
        }
    }
    if ways.modelled {
        breaches.extend(named(tokens, &OUT_OF_SIGHT, Breach::out_of_sight));
    }
    breaches
}

/// A breach for every use of one of these paths.
fn named(tokens: &Tokens, forbidden: &[&str], breach: fn(&Token, &str) -> Breach) -> Vec<Breach> {
    let uses = paths::uses_of(tokens, forbidden).into_iter();
    uses.map(|(token, path)| breach(token, path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASYNC: Ways = Ways {
        virtual_time: true,
        tasks: false,
        modelled: false,
    };

    /// The rule and the line of each breach.
    fn found(text: &str, forbid: &[Forbidden]) -> Vec<(String, u32)> {
        check(&[SourceFile::demo(text)], forbid, ASYNC)
            .breaches
            .into_iter()
            .map(|breach| (breach.code.unwrap(), breach.location.unwrap().line))
            .collect()
    }

    fn forbid(paths: &[&str]) -> Vec<Forbidden> {
        paths
            .iter()
            .map(|path| Forbidden::Path((*path).to_owned()))
            .collect()
    }

    #[test]
    fn nothing_is_read_in_at_compile_time() {
        for text in [
            "const X: &str = include_str!(\"../tests/hidden.rs\");",
            "macro_rules! m { () => { include_str!(\"x\") } }",
            "use std::include_str as innocent;",
            "include!(\"x\");",
            "const X: &[u8] = ::core::include_bytes! {\"x\"};",
            "const X: &str = std::r#include_str!(\"x\");",
        ] {
            assert_eq!(found(text, &[]).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_word_that_only_looks_like_it_is_fine() {
        for text in [
            "let include = 1;",
            "// include_str!",
            "const X: &str = \"include_str!(x)\";",
            "fn include() {}",
            "fn f(include: bool) -> bool { include != true }",
            "fn f() { Set::include(7); self::include(7) }",
        ] {
            assert_eq!(found(text, &[]), [], "{text}");
        }
    }

    #[test]
    fn the_learners_own_unit_tests_are_not_compiled_and_may_do_anything() {
        let forbid = forbid(&["std::thread::spawn"]);
        for text in [
            "#[cfg(test)] mod tests { use std::thread; fn t() { thread::spawn(|| ()); tokio::time::pause(); } }",
            "#[cfg(test)] #[allow(unused)] pub mod tests { const X: &str = include_str!(\"x\"); }",
            "#[cfg(test)] mod tests { use tokio::time::*; } fn pause() {} fn f() { pause() }",
        ] {
            assert_eq!(found(text, &forbid), [], "{text}");
        }
        for text in [
            "#[cfg(not(test))] mod m { fn f() { std::thread::spawn(|| ()); } }",
            "#[cfg(test)] mod tests {} fn f() { std::thread::spawn(|| ()); }",
            "#[cfg(test)] mod tests; mod m { fn f() { std::thread::spawn(|| ()); } }",
            // A macro may take the attribute off.
            "m! { #[cfg(test)] mod m { fn f() { std::thread::spawn(|| ()); } } }",
        ] {
            assert_eq!(found(text, &forbid).len(), 1, "{text}");
        }
    }

    #[test]
    fn modules_come_from_where_they_are_named() {
        assert_eq!(
            found("\n#[path = \"/etc/passwd\"] mod x;", &[]),
            [("path-attribute".into(), 2)]
        );
        assert_eq!(
            found("#[cfg_attr(all(), path = \"x\")] mod x;", &[]),
            [("path-attribute".into(), 1)]
        );
        assert_eq!(found("#[doc = \"path = x\"] mod x { fn path() {} }", &[]), []);
    }

    #[test]
    fn unsafe_is_found_where_the_exercise_forbids_it() {
        assert_eq!(
            found("fn f() {\n unsafe {} }", &[Forbidden::Unsafe]),
            [("unsafe".into(), 2)]
        );
        assert_eq!(
            found("macro_rules! m { () => { unsafe { } } }", &[Forbidden::Unsafe]).len(),
            1
        );
        assert_eq!(found("unsafe fn f() {}", &[]), []);
    }

    #[test]
    fn a_forbidden_path_is_followed_through_its_names() {
        let forbid = forbid(&["std::process::exit", "std::thread::spawn"]);
        for text in [
            "fn f() { std::process::exit(0) }",
            "fn f() { ::std::process::exit(0) }",
            "use std::process; fn f() { process::exit(0) }",
            "use std::process as p; fn f() { p::exit(0) }",
            "use std as s; fn f() { s::process::exit(0) }",
            "use std::{process::{self as quiet}}; fn f() { quiet::exit(0) }",
            "use std::process::*; fn f() { exit(0) }",
            "use std::process::*; fn f() { let leave = exit; leave(0) }",
            "use std::process::*; fn f(exit: fn(i32)) {} fn g() { exit(0) }",
            "use std::process::exit as leave; fn f() {}",
            "use std::*; use process::*; fn f() { exit(0) }",
            "use s::*; use std as s; fn f() { process::exit(0) }",
            "use t::process as q; use std as t; fn f() { self::q::exit(0) }",
            "use std::thread; mod m { fn f() { super::thread::spawn(|| ()); } }",
            "use std::thread; fn f() { println!(\"{:?}\", thread::spawn(|| ())); }",
            "fn f() { use std::thread as t; use t as u; u::spawn(|| ()); }",
            "macro_rules! go { () => { std::thread::spawn(|| ()) } }",
            "extern crate std as s; fn f() { s::process::exit(0) }",
        ] {
            assert_eq!(found(text, &forbid).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_name_that_stands_for_something_else_is_fine() {
        let forbid = forbid(&["std::process::exit", "std::thread::spawn"]);
        for text in [
            "use std::process; fn f() { process::id(); }",
            "use tokio::task; fn f() { task::spawn(async {}); }",
            "use tokio::spawn; fn f() { spawn(async {}); }",
            "fn exit() {} fn f() { exit() }",
            "use std::thread; fn f() { thread::sleep(d); pool.spawn(job); }",
            "use std::thread::*; fn f(pool: &Pool) { pool.spawn(job); }",
            "use std::thread::*; fn f(spawn: Duration) { sleep(spawn) }",
            "use std::thread::*; fn f() { let spawn = 1; g(spawn, spawn + 1) }",
            "use std::thread::*; fn f() { g(|spawn| 2 * spawn) }",
            "// std::process::exit(0)",
        ] {
            assert_eq!(found(text, &forbid), [], "{text}");
        }
    }

    #[test]
    fn the_clock_is_not_the_learners_to_move() {
        assert_eq!(
            found("async fn f() { tokio::time::advance(d).await }", &[]).len(),
            1
        );
        assert_eq!(
            found("use tokio::time::{self, sleep}; fn f() { time::pause() }", &[]).len(),
            1
        );
    }

    #[test]
    fn what_no_schedule_knows_of_is_not_to_be_shared() {
        let modelled = Ways {
            modelled: true,
            ..Ways::default()
        };
        let found = |text: &str, ways| check(&[SourceFile::demo(text)], &[], ways).breaches;
        for text in [
            "use std::fs; fn f() { fs::write(\"a\", \"b\") }",
            "fn f() { std::fs::File::create(\"a\") }",
            "use std::net::*; fn f() { TcpListener::bind(x) }",
            "use std::process::Command; fn f() { Command::new(\"a\") }",
            "use std::io::{self, Read}; fn f() { io::pipe() }",
            "use std::os::unix::net::UnixStream;",
            "fn f() { std::env::set_var(\"a\", \"b\") }",
        ] {
            let breaches = found(text, modelled);
            assert!(!breaches.is_empty(), "{text}");
            assert!(
                breaches
                    .iter()
                    .all(|breach| breach.code.as_deref() == Some("out-of-sight"))
            );
            assert!(found(text, ASYNC).is_empty(), "{text}");
        }
        for text in [
            "use std::io::{self, Read, Write}; fn f() { io::stdout().flush() }",
            "use std::net::IpAddr; fn f(x: IpAddr) {}",
            "fn f() { std::process::abort() } fn g() { std::env::var(\"a\") }",
            "mod fs { pub fn write() {} } fn f() { fs::write() }",
        ] {
            assert!(found(text, modelled).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_static_is_refused_where_tasks_are_explored_and_a_lifetime_is_not() {
        let tasks = Ways {
            virtual_time: true,
            tasks: true,
            modelled: false,
        };
        let found = |text: &str| check(&[SourceFile::demo(text)], &[], tasks).breaches.len();
        assert_eq!(found("static COUNT: AtomicU32 = AtomicU32::new(0);"), 1);
        assert_eq!(found("thread_local! { static X: u8 = 0; }"), 2);
        assert_eq!(
            found("fn f<T: Send + 'static>(t: &'static str) -> impl Future + 'static {}"),
            0
        );
    }

    #[test]
    fn a_breach_is_shown_with_its_line() {
        let findings = check(
            &[SourceFile::demo("fn f() {\n    unsafe {}\n}\n")],
            &[Forbidden::Unsafe],
            Ways::default(),
        );
        let shown = &findings.breaches[0].rendered;
        assert!(shown.contains("exercises/demo/src/lib.rs:2:5"), "{shown}");
        assert!(shown.contains("unsafe {}"), "{shown}");
    }

    #[test]
    fn hostile_nesting_is_refused_without_recursion() {
        for (open, close) in [("(", ")"), ("{", "}"), ("[", "]")] {
            let text = format!("fn f() {{ {}{} }}", open.repeat(100_000), close.repeat(100_000));
            assert_eq!(found(&text, &[]), [("nesting".into(), 1)]);
        }
        let prefix = format!("const X: bool = {}true;", "!".repeat(200_000));
        assert_eq!(found(&prefix, &[]), []);
        let uses = format!("use {}x{};", "a::{".repeat(100), "}".repeat(100));
        assert_eq!(found(&uses, &[]), []);
    }

    /// None of these may cost more than a moment: nothing can interrupt the rules. Each took minutes, or the stack,
    /// when what a name may stand for was spelled out, or a file was gone through again for each of its words.
    #[test]
    fn the_work_grows_with_the_file_only() {
        let forbid = forbid(&["std::process::exit", "std::thread::spawn", "std::thread::scope"]);
        let globs: String = (0..2_000)
            .map(|n| format!("use std::m{n}::*; use tokio::m{n}::*; "))
            .collect();
        let names: String = (0..2_000).map(|n| format!("use m{n} as m{}; ", n + 1)).collect();
        for text in [
            format!("{globs} fn f() {{ g(h) }}"),
            format!("{names} fn f() {{ m2000::g(h) }}"),
            format!("{};", "use ".repeat(15_000)),
            format!("{}crate x;", "extern ".repeat(9_000)),
            format!("use {}b;", "a::".repeat(80_000)),
            format!("#[{}] fn f() {{}}", "path = x ".repeat(5_000)),
            format!("fn f() {{ {} }}", "let x = x; ".repeat(5_000)),
            "#[cfg(test)] ".repeat(5_000),
        ] {
            assert!(found(&text, &forbid).len() <= SHOWN_CAP, "{}", &text[..40]);
        }
        assert_eq!(
            found(&"unsafe ".repeat(9_000), &[Forbidden::Unsafe]).len(),
            SHOWN_CAP
        );
    }

    #[test]
    fn what_has_no_tokens_is_left_to_the_compiler() {
        let findings = check(&[SourceFile::demo("fn f() { \"")], &[], Ways::default());
        assert_eq!(findings.unreadable.as_deref(), Some("exercises/demo/src/lib.rs"));
    }
}
