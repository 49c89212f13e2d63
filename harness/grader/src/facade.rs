//! How a submission comes to see the facade where it says `std`.
//!
//! The compiler is told to take another library for `std` (`--extern std=`), which it does and does not promise. When the
//! runtime is built, a canary finds out whether it still does. Where it does not, the crate is compiled from a copy in
//! which `std` and `core` are called by other names, of the same length: so each line and column stays where it is.

mod crate_paths;

use std::{collections::HashSet, ffi::OsString, path::Path, str::FromStr};

use kata_protocol::report::Diagnostic;
use proc_macro2::TokenStream;

use crate::{
    drawn,
    intake::SourceFile,
    rules::{DEEPEST_NESTING, unreadable},
    rustc::link_with,
    tokens::{Tokens, TooDeep},
};
use crate_paths::{Unclear, defines_macros, named_crates};

/// How the compiler at hand gives a submission the facade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facade {
    /// It takes the facade for `std`.
    Extern,
    /// It does not: the submission is compiled from a copy that calls `std` by another name.
    Renamed,
    /// Neither works, so no thread can be explored.
    Missing,
}

impl Facade {
    const ALL: [Facade; 3] = [Facade::Extern, Facade::Renamed, Facade::Missing];

    /// Its name, as it is kept beside a runtime.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Facade::Extern => "extern",
            Facade::Renamed => "renamed",
            Facade::Missing => "missing",
        }
    }

    /// The one of that name.
    pub(crate) fn named(name: &str) -> Option<Facade> {
        Facade::ALL.into_iter().find(|facade| facade.name() == name)
    }

    /// What the sources of a crate call the facade; `None` where they leave no name for it.
    pub(crate) fn names<'a>(self, sources: impl Iterator<Item = &'a str>) -> Option<Names> {
        match self {
            Facade::Extern => Some(Names::real()),
            Facade::Renamed => Names::fresh(sources),
            Facade::Missing => None,
        }
    }
}

/// Whose references to what is shared are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum References {
    /// Those of the real `Arc`, which no schedule knows of.
    Real,
    /// The model's, where it is a matter of schedules what a count is.
    Counted,
}

impl References {
    /// The facade that has them.
    pub(crate) const fn library(self) -> &'static str {
        match self {
            References::Real => "kata_std",
            References::Counted => "kata_std_counted",
        }
    }
}

/// The names of the facade in one crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    std: String,
    core: String,
}

impl Names {
    fn real() -> Names {
        Names {
            std: "std".to_owned(),
            core: "core".to_owned(),
        }
    }

    /// Names as long as the real ones which stand nowhere in the sources, not even as a part of a word.
    fn fresh<'a>(sources: impl Iterator<Item = &'a str>) -> Option<Names> {
        let (mut of_three, mut of_four) = (HashSet::new(), HashSet::new());
        for source in sources {
            of_three.extend(source.as_bytes().windows(3));
            of_four.extend(source.as_bytes().windows(4));
        }
        let std = candidates("").find(|name| !of_three.contains(name.as_bytes()))?;
        let core = candidates("0").find(|name| !of_four.contains(name.as_bytes()))?;
        Some(Names { std, core })
    }

    /// The arguments that link a crate with the facade under these names. `core` is replaced as well, so that
    /// `core::sync::atomic` is no way out.
    pub(crate) fn arguments(&self, facade: &Path) -> Vec<OsString> {
        let names = [&self.std, &self.core].into_iter();
        names.flat_map(|name| link_with(name, facade)).collect()
    }

    /// The line that makes a bare `thread_local!`, which the prelude has from the real std, the facade's. It holds in the
    /// whole crate, wherever in its root it stands.
    pub(crate) fn prelude(&self) -> String {
        format!("#[macro_use(thread_local)]\nextern crate {} as _;\n", self.std)
    }

    /// The text of `file` with these names in the place of the real ones.
    ///
    /// # Errors
    ///
    /// What is said where that cannot be done without a doubt.
    pub(crate) fn rename(&self, file: &SourceFile, expands: bool) -> Result<String, Box<Diagnostic>> {
        let tokens = read(file)?;
        let named = match named_crates(&tokens, expands) {
            Ok(named) => named,
            Err(Unclear(at)) => return Err(unclear(file, &tokens, at)),
        };
        let mut text = String::with_capacity(file.text.len());
        let mut rest = 0;
        for at in named {
            let (Some(token), Some(word)) = (tokens.get(at), tokens.word(at)) else {
                continue;
            };
            let name = if word == "std" { &self.std } else { &self.core };
            // A raw name has `r#` before it, which stays.
            text.push_str(&file.text[rest..token.span.end - word.len()]);
            text.push_str(name);
            rest = token.span.end;
        }
        text.push_str(&file.text[rest..]);
        Ok(text)
    }

    /// A message about a renamed crate, in the names that its author knows.
    pub(crate) fn restore(&self, message: Diagnostic) -> Diagnostic {
        let restore = |text: &str| whole_words(&whole_words(text, &self.std, "std"), &self.core, "core");
        Diagnostic {
            message: restore(&message.message),
            rendered: restore(&message.rendered),
            ..message
        }
    }
}

/// Whether a crate of these files has macros of its own, which can make a path of any word that they are given.
///
/// A file whose tokens cannot be read counts as one that has.
pub(crate) fn expands<'a>(files: impl IntoIterator<Item = &'a SourceFile>) -> bool {
    let mut files = files.into_iter();
    files.any(|file| read(file).map_or(true, |tokens| defines_macros(&tokens)))
}

fn read(file: &SourceFile) -> Result<Tokens, Box<Diagnostic>> {
    let Ok(stream) = TokenStream::from_str(&file.text) else {
        return Err(Box::new(unreadable(&file.shown)));
    };
    Tokens::flatten(stream, DEEPEST_NESTING).map_err(|TooDeep(token)| {
        let message = "brackets nest too deeply here".to_owned();
        let help = "move the inner part into a function of its own";
        Box::new(drawn::error(file, &token, "nesting", message, help))
    })
}

fn unclear(file: &SourceFile, tokens: &Tokens, at: usize) -> Box<Diagnostic> {
    let word = tokens.word(at).unwrap_or_default();
    let message = format!("kata cannot tell whether this `{word}` is the standard library");
    let help = "this compiler does not let kata replace the standard library, so kata looks for its name in the code: \
                call what is your own by another name, and write the library's where it begins a path";
    let token = tokens.get(at).expect("it was found there");
    Box::new(drawn::error(file, token, "unclear-name", message, help))
}

/// Names of three letters and those of `more`, in a fixed order. They are words of no language, and no keywords.
fn candidates(more: &str) -> impl Iterator<Item = String> {
    const LETTERS: &str = "0123456789_abcdefghijklmnopqrstuvwxyz";
    let pairs = LETTERS
        .chars()
        .flat_map(|one| LETTERS.chars().map(move |other| (one, other)));
    pairs.map(move |(one, other)| format!("k{one}{other}{more}"))
}

/// `text` with `new` where `old` stands as a word.
fn whole_words(text: &str, old: &str, new: &str) -> String {
    let is_part =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        let is_word = !is_part(before.chars().next_back()) && !is_part(after.chars().next());
        whole.push_str(before);
        whole.push_str(if is_word { new } else { old });
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(text: &str) -> Result<String, String> {
        let file = SourceFile::demo(text);
        let names = Names {
            std: "STD".to_owned(),
            core: "CORE".to_owned(),
        };
        let expands = expands([&file]);
        names.rename(&file, expands).map_err(|message| message.message)
    }

    /// Each line with the places that name the library in capitals.
    #[test]
    fn the_library_is_renamed_wherever_a_path_begins_with_it() {
        for expected in [
            "use STD::sync::Mutex;",
            "use ::STD::sync::Mutex;",
            "use STD as s;",
            "use STD;",
            "use STD::{self as s, sync::Mutex};",
            "use {STD::sync::Mutex, CORE::mem};",
            "use ::{STD::{sync, thread}, CORE};",
            "pub(crate) use STD::sync::atomic::*;",
            "extern crate STD;",
            "extern crate CORE as c;",
            "#[macro_use] extern crate STD as s;",
            "fn f() -> ::STD::sync::Mutex<STD::string::String> { ::STD::sync::Mutex::new(STD::string::String::new()) }",
            "fn f() { g(0..STD::u8::MAX, ..::CORE::u8::MAX, ..=STD::u8::MAX) }",
            "fn f(x: u8) -> bool { x > ::STD::u8::MAX && x<STD::u8::MAX }",
            "impl ::STD::fmt::Debug for S {} impl STD::clone::Clone for S {}",
            "struct S(pub ::STD::sync::Mutex<u8>, pub(crate) ::STD::sync::Mutex<u8>);",
            "struct S { std: ::STD::sync::Mutex<u8>, core: STD::sync::Mutex<u8> }",
            "fn f() { S { std: ::STD::sync::Mutex::new(1) }; }",
            "fn f() { <STD::sync::Mutex<u8> as STD::default::Default>::default(); }",
            "fn f() { println!(\"{}\", STD::any::type_name::<u8>()); }",
            "fn f() { STD::println!(\"{}\", ::STD::vec![1].len()); }",
            "macro_rules! m { ($t:ty) => { ::STD::sync::Mutex<$t> }; () => { STD::thread::yield_now() } }",
            "macro_rules! m { (STD :: $x:ident) => { STD::$x } }",
            "m!(STD :: sync :: Mutex);",
            "fn f() { r#STD::thread::yield_now() }",
            "#[derive(STD::fmt::Debug)] struct S;",
            "fn f<T: STD::fmt::Debug + ?Sized>(x: &dyn ::STD::any::Any) where T: ::CORE::marker::Send {}",
            "mod std_like { use STD::sync::Mutex; }",
            "STD::thread_local! { static KEY: STD::cell::Cell<u8> = STD::cell::Cell::new(1); }",
            "fn f() { if !(x) { STD::thread::yield_now() } }",
            "impl Trait for S { fn f<'a>(x: &'a STD::string::String) -> impl Sized + use<'a> { STD::thread::current() } }",
        ] {
            let text = expected.replace("STD", "std").replace("CORE", "core");
            assert_eq!(renamed(&text).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn whatever_else_has_its_name_is_left_alone() {
        for text in [
            "// std::sync\n/* std::sync */ const X: &str = \"std::sync\"; const Y: &str = r#\"std::sync\"#;",
            "/// `std::sync::Mutex`\n#[doc = \"std::sync\"] fn f() {}",
            "fn f() { let std = deviation(&x); println!(\"{std} {}\", std); g(std) }",
            "struct S { std: f64, core: u8 } fn f(s: S) -> f64 { s.std + f64::from(s.core) }",
            "fn f(s: S) { s.std::<f64>(); S { std: 1.0, core: 2 }; }",
            "fn std(x: &[f64]) -> f64 { 0.0 } fn f() { std(&[]); super::std(&[]); self::std::<u8>(); std::<u8>() }",
            "use stats::std; use stats::{std as deviation, core}; use a::{b::{core, std}, c};",
            "fn f() { stats::std::deviation(); Self::std::deviation(); }",
            "fn f() { 'std: loop { break 'std } }",
            "fn f<'std>(x: &'std str) {}",
            "macro_rules! m { ($std:expr) => { $std }; }",
            "#![no_std]\n#[cfg(feature = \"std\")] fn f() {}",
            "fn f() { my_std::thread::spawn(); stdx::core::f(); }",
        ] {
            assert_eq!(renamed(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_unclear_is_no_guess() {
        for text in [
            "mod std { pub fn f() {} }",
            "mod std;",
            "struct std;",
            "type core = u8;",
            "use stats as std;",
            "extern crate stats as core;",
            "use std; fn f() { crate::std::thread::yield_now() }",
            "use self::std::thread;",
            // Such a macro makes a path of a word.
            "macro_rules! m { ($c:ident) => { $c::thread::yield_now() } } fn f() { m!(std) }",
            "macro_rules! m { () => { n!(std) } }",
            "macro_rules! m { ($v:vis) => { struct S($v ::std::sync::Mutex<u8>); } }",
        ] {
            assert!(renamed(text).is_err(), "{text}");
        }
        // The same word, and nothing that could make a path of it.
        assert!(renamed("fn f(std: f64) { println!(\"{}\", std) }").is_ok());
    }

    #[test]
    fn lines_and_columns_stay_where_they_are() {
        let text =
            "\u{feff}use std::sync::Mutex;\r\n// ä\r\nfn f() { let ä = \"ä\"; std::mem::drop(ä) } // std\r\n";
        let names = Facade::Renamed.names([text].into_iter()).unwrap();
        let renamed = names.rename(&SourceFile::demo(text), false).unwrap();
        assert_eq!(renamed.len(), text.len());
        assert_eq!(renamed.replace(&names.std, "std"), text);
        assert_eq!(renamed.matches(&names.std).count(), 2);
    }

    #[test]
    fn a_name_is_free_or_there_is_none() {
        let first = Facade::Renamed.names(["fn f() {}"].into_iter()).unwrap();
        assert_eq!((first.std.len(), first.core.len()), (3, 4));
        let taken = format!("fn {}() {{ \"x{}x\" }}", first.std, first.core);
        let second = Facade::Renamed.names([taken.as_str()].into_iter()).unwrap();
        assert!(second.std != first.std && second.core != first.core, "{second:?}");
        let all: String = candidates("").collect();
        assert_eq!(Facade::Renamed.names([all.as_str()].into_iter()), None);
    }

    #[test]
    fn messages_come_back_in_the_names_that_were_written() {
        let names = Facade::Renamed.names(["fn f() {}"].into_iter()).unwrap();
        let said = format!(
            "no `x` in `{}::sync` ({}::sync), back{}",
            names.std, names.core, names.std
        );
        let message = Diagnostic {
            level: kata_protocol::report::Level::Error,
            code: None,
            message: said.clone(),
            location: None,
            rendered: said,
        };
        let restored = names.restore(message);
        let expected = format!("no `x` in `std::sync` (core::sync), back{}", names.std);
        assert_eq!((&restored.message, &restored.rendered), (&expected, &expected));
    }
}
