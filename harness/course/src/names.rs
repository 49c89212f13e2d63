//! What a name may look like: slugs, test names, crates and forbidden paths.

/// The longest slug or test name, in characters: long enough to speak, short enough for a table on a screen.
pub(crate) const LONGEST: usize = 64;

/// Rust's strict and reserved keywords up to edition 2024 (The Rust Reference, "Keywords").
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// Crates that every submission or its tests can already name: an exercise of that name would hide them.
const TAKEN_CRATES: [&str; 8] = [
    "alloc",
    "core",
    "kata_model",
    "kata_std",
    "kata_test",
    "proc_macro",
    "std",
    "test",
];

/// What is wrong with a slug, or with another name that has its form; `None` when nothing is.
pub(crate) fn slug_fault(slug: &str) -> Option<&'static str> {
    if slug.len() > LONGEST {
        return Some("it is longer than 64 characters");
    }
    if !slug.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some("it does not start with a lower-case letter");
    }
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (!slug.chars().all(allowed)).then_some("it may hold lower-case letters, digits and `-`")
}

/// What is wrong with a slug as the name of a crate; `None` when nothing is.
pub(crate) fn crate_fault(slug: &str, pinned: &[&str]) -> Option<&'static str> {
    let name = crate_name(slug);
    if is_keyword(&name) {
        return Some("its crate would be named like a keyword of Rust");
    }
    let taken = TAKEN_CRATES.contains(&name.as_str()) || pinned.iter().any(|other| crate_name(other) == name);
    taken.then_some("its crate would hide a crate that submissions can use")
}

/// A slug as the compiler names the crate.
pub(crate) fn crate_name(slug: &str) -> String {
    slug.replace('-', "_")
}

/// The slug that was probably meant, for a fix; `None` when nothing of it is left.
pub(crate) fn as_slug(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let slug = words.join("-");
    slug_fault(&slug).is_none().then_some(slug)
}

/// What is wrong with the name of a test; `None` when nothing is.
pub(crate) fn test_name_fault(name: &str) -> Option<&'static str> {
    if name.len() > LONGEST {
        return Some("it is longer than 64 characters");
    }
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some("it does not start with a lower-case letter");
    }
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.chars().all(allowed) {
        return Some("it may hold lower-case letters, digits and `_`");
    }
    is_keyword(name).then_some("it is a keyword of Rust")
}

/// Whether the text is a path of at least two identifiers, such as `std::process::exit`.
pub(crate) fn is_path(text: &str) -> bool {
    text.contains("::") && text.split("::").all(is_identifier)
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && text != "_"
        && !is_keyword(text)
}

fn is_keyword(text: &str) -> bool {
    KEYWORDS.binary_search(&text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted_for_the_search() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn slugs() {
        for good in ["a", "gather", "two-locks", "http2", &"a".repeat(64)] {
            assert_eq!(slug_fault(good), None, "{good}");
        }
        for bad in [
            "",
            "-a",
            "2a",
            "A",
            "a_b",
            "a b",
            "ä",
            "a/b",
            "..",
            &"a".repeat(65),
        ] {
            assert!(slug_fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_crate_is_no_keyword_and_hides_nothing() {
        assert_eq!(crate_fault("gather", &["tokio"]), None);
        for bad in ["match", "gen", "std", "kata-test", "tokio"] {
            assert!(crate_fault(bad, &["tokio"]).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_slug_is_guessed_from_what_was_written() {
        assert_eq!(as_slug("Two_Locks").as_deref(), Some("two-locks"));
        assert_eq!(as_slug("´´"), None);
    }

    #[test]
    fn paths() {
        for good in ["std::thread::spawn", "tokio::join", "a::_b"] {
            assert!(is_path(good), "{good}");
        }
        for bad in [
            "std",
            "::std::a",
            "std::",
            "std::fn",
            "std::a-b",
            "a::b::<c>",
            "std:thread",
            "crate::a",
        ] {
            assert!(!is_path(bad), "{bad}");
        }
    }
}
