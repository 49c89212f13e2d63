//! The name of a function as its author knows it.

/// The longest name that is shown, in characters.
const NAME_CAP: usize = 60;

/// What the author of a function calls it, given the compiler's path to it: `fetch` for the body of an `async fn fetch`, or a
/// closure in it, `Client::get` for a method.
pub(super) fn shown(path: &str) -> Option<String> {
    let mut parts = parts(path);
    while parts.last().is_some_and(|part| part.starts_with('{')) {
        parts.pop();
    }
    let name = identifier(parts.pop()?)?;
    let owner = parts.pop().and_then(owner);
    let shown = match owner {
        Some(owner) => format!("{owner}::{name}"),
        None => name.to_owned(),
    };
    (shown.chars().count() <= NAME_CAP).then_some(shown)
}

/// The parts of a path, without those that are arguments: `a::<T>::b` has two.
fn parts(path: &str) -> Vec<&str> {
    let (mut parts, mut begin, mut depth) = (Vec::new(), 0, 0_usize);
    let mut before = ' ';
    for (at, letter) in path.char_indices() {
        match letter {
            '<' | '(' | '[' | '{' => depth += 1,
            // Not the arrow of a function's type.
            '>' if before == '-' => {}
            '>' | ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 && before == ':' => {
                parts.push(&path[begin..at - 1]);
                begin = at + 1;
            }
            _ => {}
        }
        before = letter;
    }
    parts.push(&path[begin..]);
    let arguments = |(number, part): &(usize, &str)| *number > 0 && part.starts_with('<');
    let parts = parts.into_iter().enumerate().filter(|part| !arguments(part));
    parts.map(|(_, part)| part).collect()
}

/// The type that has a method: `Client` of `<client::Client<T> as Get>`, and nothing of a module.
fn owner(part: &str) -> Option<&str> {
    let of_impl = part.strip_prefix('<').map(|part| part.trim_end_matches('>'));
    let path = match of_impl {
        Some(of_impl) => of_impl.split(" as ").next()?,
        None => part,
    };
    let name = identifier(parts(path).pop()?)?;
    name.starts_with(char::is_uppercase).then_some(name)
}

/// The word that a part begins with.
fn identifier(part: &str) -> Option<&str> {
    let end = part.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    let word = &part[..end.unwrap_or(part.len())];
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_have_the_names_of_their_authors() {
        for (path, expected) in [
            ("demo::fetch", Some("fetch")),
            ("demo::fetch::{closure#0}", Some("fetch")),
            ("demo::fetch::{{closure}}::{{closure}}", Some("fetch")),
            ("demo::inner::fetch::<u32, demo::Job>::{closure#0}", Some("fetch")),
            ("demo::fetch<fn() -> u8>", Some("fetch")),
            ("<demo::Client>::get::{closure#1}", Some("Client::get")),
            (
                "<demo::Client<alloc::vec::Vec<u8>> as demo::Get>::get",
                Some("Client::get"),
            ),
            ("demo::Client::get", Some("Client::get")),
            (
                "<demo::Timer as core::future::future::Future>::poll",
                Some("Timer::poll"),
            ),
            ("<(u8, u8) as demo::Pair>::first", Some("first")),
            ("{closure#0}", None),
            ("", None),
            ("<<<::>>", None),
        ] {
            assert_eq!(shown(path).as_deref(), expected, "{path}");
        }
        assert_eq!(shown(&"x".repeat(500)), None);
    }
}
