//! The names of the objects in a trace: those of the variables and fields that they were made for.
//!
//! The trace knows where each object was made. The line of the source there mostly says for what: `let counter =
//! Arc::new(AtomicU32::new(0))`, `balance: Mutex::new(100)`, `static TOTAL: AtomicU64 = …`, and of the two in `pair:
//! Arc::new((Mutex::new(0), Condvar::new()))` one is `pair.0` and the other `pair.1`, as the code calls them.

use kata_protocol::{Location, trace::Trace};

/// A source file, by the name that locations have.
pub(crate) struct Source<'a> {
    pub(crate) shown: &'a str,
    pub(crate) text: &'a str,
}

/// Gives each object its name where the source tells it.
pub(crate) fn give(trace: &mut Trace, sources: &[Source<'_>]) {
    for object in &mut trace.objects {
        object.name = name_at(&object.created, &object.kind, sources);
    }
}

fn name_at(at: &Location, kind: &str, sources: &[Source<'_>]) -> Option<String> {
    let source = sources.iter().find(|source| source.shown == at.file)?;
    let line = usize::try_from(at.line).ok()?.checked_sub(1)?;
    let column = usize::try_from(at.column).ok()?.checked_sub(1)?;
    let mut lines = source.text.lines().skip(line);
    let line = lines.next()?;
    if line.trim_start().starts_with("#[derive(") {
        return derived(lines, kind);
    }
    let (place, _) = line.char_indices().nth(column)?;
    bound(&line[..place], &line[place..])
}

/// The field that `#[derive(Default)]` has made an object of this kind for: the only one of the struct below whose type
/// names it.
fn derived<'a>(below: impl Iterator<Item = &'a str>, kind: &str) -> Option<String> {
    let of_kind = |line: &&str| {
        let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.into_iter().any(|word| word == kind)
    };
    let fields = below
        .take_while(|line| !line.starts_with('}'))
        .filter(|line| !line.contains("struct "));
    let mut fields = fields.filter(of_kind).filter_map(|line| {
        let field = line.trim_start().trim_start_matches("pub ");
        field_of(field.trim_start_matches("pub(crate) "))
    });
    let only = fields.next()?;
    fields.next().is_none().then(|| only.to_owned())
}

/// The name that the expression between `before` and `after` is bound to, all of it on one line.
fn bound(before: &str, after: &str) -> Option<String> {
    let (pattern, value) = binding(before);
    let mut positions = Vec::new();
    for (inward, open) in around(value).iter().rev().enumerate() {
        match open {
            Open::Struct { field: Some(field) } => return Some(with_positions(field, &positions)),
            Open::Tuple { position } if *position > 0 || has_more(after, inward) => positions.push(*position),
            Open::Tuple { .. } | Open::Struct { field: None } | Open::Other => {}
        }
    }
    match pattern {
        // What stands on a line of its own is a field of a struct expression that was opened further up.
        None => field_of(value).map(|field| with_positions(field, &positions)),
        Some(Pattern::Name(name)) => Some(with_positions(name, &positions)),
        Some(Pattern::Tuple(names)) => match positions.pop() {
            Some(outermost) => Some(with_positions(names.get(outermost)?, &positions)),
            // One thing with two ends, as a channel is.
            None => Some(names.join("/")),
        },
    }
}

/// `pair` and the position 1 are `pair.1`. The innermost position comes first.
fn with_positions(name: &str, positions: &[usize]) -> String {
    let positions = positions.iter().rev().map(|position| format!(".{position}"));
    name.to_owned() + &positions.collect::<String>()
}

/// What stands between `let`, `static` or `const` and its type and its `=`.
enum Pattern<'a> {
    Name(&'a str),
    Tuple(Vec<&'a str>),
}

/// The pattern that a line binds, if it does, and the rest of the line.
fn binding(before: &str) -> (Option<Pattern<'_>>, &str) {
    let Some((binding, value)) = before.split_once(" = ") else {
        return (None, before);
    };
    let pattern = ["let mut ", "let ", "static ", "const "]
        .into_iter()
        .find_map(|keyword| Some(binding.rsplit_once(keyword)?.1))
        .map(|pattern| pattern.split(':').next().unwrap_or_default().trim());
    let tuple = pattern.and_then(|pattern| pattern.strip_prefix('(')?.strip_suffix(')'));
    let pattern = match tuple {
        Some(names) => {
            let names = names
                .split(',')
                .map(|name| word(name.trim().trim_start_matches("mut ")));
            names.collect::<Option<_>>().map(Pattern::Tuple)
        }
        None => pattern.and_then(word).map(Pattern::Name),
    };
    (pattern, value)
}

/// A bracket that is open where the object is made.
#[derive(Clone, Copy, Debug)]
enum Open<'a> {
    /// The braces of a struct expression, with the field whose value is under way.
    Struct { field: Option<&'a str> },
    /// The parentheses of a tuple, or such as only group.
    Tuple { position: usize },
    /// Those of a call or a macro, or square ones.
    Other,
}

/// The brackets that are open at the end of `value`, the outermost first.
fn around(value: &str) -> Vec<Open<'_>> {
    let mut open = Vec::new();
    // Where the element under way begins in each of them.
    let mut begins = vec![0];
    for (at, c) in value.char_indices() {
        let begin = begins.last().copied().unwrap_or(0);
        match c {
            '(' | '[' | '{' => {
                let is_called = value[..at].ends_with(|c: char| c.is_alphanumeric() || "_>!)]".contains(c));
                if let Some(Open::Struct { field }) = open.last_mut() {
                    *field = field_of(&value[begin..at]);
                }
                open.push(match c {
                    '{' => Open::Struct { field: None },
                    '(' if !is_called => Open::Tuple { position: 0 },
                    _ => Open::Other,
                });
                begins.push(at + 1);
            }
            ')' | ']' | '}' => {
                open.pop();
                begins.pop();
            }
            ',' => {
                if let Some(begin) = begins.last_mut() {
                    *begin = at + 1;
                }
                match open.last_mut() {
                    Some(Open::Tuple { position }) => *position += 1,
                    Some(Open::Struct { field }) => *field = None,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let begin = begins.last().copied().unwrap_or(0);
    if let Some(Open::Struct { field }) = open.last_mut() {
        *field = field_of(&value[begin..]);
    }
    open
}

/// The field that `name: value` begins with.
fn field_of(element: &str) -> Option<&str> {
    let (field, value) = element.split_once(':')?;
    word(field).filter(|_| !value.starts_with(':'))
}

/// Whether the bracket that is the `inward`th around the object, from the innermost, holds more behind it. What goes on
/// in the next line may hold anything.
fn has_more(after: &str, inward: usize) -> bool {
    let mut depth = inward;
    for c in after.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return false,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => return true,
            _ => {}
        }
    }
    true
}

/// The text, if it is an identifier.
fn word(text: &str) -> Option<&str> {
    let text = text.trim();
    let identifier =
        text.chars().all(|c| c.is_alphanumeric() || c == '_') && text.starts_with(|c: char| !c.is_numeric());
    (identifier && !text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The object is made where the bar stands.
    fn name(line: &str) -> Option<String> {
        let (before, after) = line.split_once('|').unwrap();
        bound(before, after)
    }

    #[test]
    fn variables_fields_and_statics_have_names() {
        for (line, expected) in [
            ("    let counter = Arc::new(|AtomicU32::new(0));", Some("counter")),
            ("let mut total: Mutex<u64> = |Mutex::new(0);", Some("total")),
            ("static TOTAL: AtomicU64 = |AtomicU64::new(0);", Some("TOTAL")),
            (
                "        Account { id: 7, balance: |Mutex::new(7) }",
                Some("balance"),
            ),
            ("            balance: std::sync::|Mutex::new(0),", Some("balance")),
            (
                "            Self { queue: |Mutex::default(), ready: x }",
                Some("queue"),
            ),
            (
                "let shared = Arc::new(Shared { slot: Mutex::new(None), ready: |Condvar::new() });",
                Some("ready"),
            ),
            ("        |Mutex::new(0)", None),
            ("    std::sync::|Mutex::new(0)", None),
        ] {
            assert_eq!(name(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn the_parts_of_a_tuple_are_called_as_in_the_code() {
        for (line, expected) in [
            (
                "let pair = Arc::new((|Mutex::new(0), Condvar::new()));",
                Some("pair.0"),
            ),
            (
                "let pair = Arc::new((Mutex::new(0), |Condvar::new()));",
                Some("pair.1"),
            ),
            (
                "            inner: Arc::new((Mutex::new(false), |Condvar::new())),",
                Some("inner.1"),
            ),
            ("let nested = (1, (2, |Mutex::new(3)));", Some("nested.1.1")),
            (
                "let (left, right) = (Mutex::new(1), |Mutex::new(2));",
                Some("right"),
            ),
            ("let grouped = (|Mutex::new(1));", Some("grouped")),
        ] {
            assert_eq!(name(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_channel_has_the_names_of_its_ends() {
        assert_eq!(
            name("    let (jobs, queue) = mpsc::|channel::<Job>();").as_deref(),
            Some("jobs/queue")
        );
        assert_eq!(name("let (mut a, _) = |channel();").as_deref(), Some("a/_"));
        assert_eq!(name("let (Some(a), b) = |channel();"), None);
    }

    #[test]
    fn a_derived_default_is_of_the_only_field_that_can_be() {
        let text = "#[derive(Debug, Default)]\npub struct Gate {\n    /// Who is inside a Mutex.\n    pub inside: Mutex<u32>,\n    free: Condvar,\n    one: AtomicU32,\n    two: AtomicU32,\n}\n";
        let sources = [Source {
            shown: "lib.rs",
            text,
        }];
        let at = Location {
            file: "lib.rs".to_owned(),
            line: 1,
            column: 17,
        };
        let name = |kind| name_at(&at, kind, &sources);
        assert_eq!(name("Mutex").as_deref(), Some("inside"));
        assert_eq!(name("Condvar").as_deref(), Some("free"));
        assert_eq!(name("AtomicU32"), None);
        assert_eq!(name("RwLock"), None);
    }

    #[test]
    fn odd_lines_have_no_names_and_do_no_harm() {
        for line in [
            "|",
            ")))|",
            "let = |",
            "let (a = |x",
            "}, ] = ( |",
            "x: |",
            "(((((|",
            "é: ü(|",
        ] {
            let _ = name(line);
        }
    }
}
