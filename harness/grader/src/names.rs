//! The names of the objects in a trace: those of the variables and fields that they were made for.
//!
//! The trace knows where each object was made. The line of the source there, up to that place, mostly says for
//! what: `let counter = Arc::new(AtomicU32::new(0))`, `balance: Mutex::new(100)`, `static TOTAL: AtomicU64 = …`. What a
//! `#[derive(Default)]` made is made at the attribute: it is the field of its type, where there is just one.

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
    let before: String = line.chars().take(column).collect();
    match before.trim_start().starts_with("#[derive(") {
        true => field(lines, kind),
        false => bound(&before),
    }
}

/// The only field of a type that holds a `kind`, in the lines of a struct up to its end.
fn field<'a>(lines: impl Iterator<Item = &'a str>, kind: &str) -> Option<String> {
    let lines = lines.map(str::trim).take_while(|line| !line.starts_with('}'));
    let mut fields = lines.filter(|line| !line.starts_with("//")).filter_map(|line| {
        let (field, of) = line.split_once(": ")?;
        let mut words = of.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.any(|word| word == kind).then_some(field)
    });
    let field = fields.next()?;
    match fields.next() {
        None => word(field.rsplit(' ').next()?),
        Some(_) => None,
    }
}

/// The name that the expression behind `before` is bound to, on the same line.
fn bound(before: &str) -> Option<String> {
    // A binding: the name stands behind `let`, `let mut` or `static`, and before its type and its `=`.
    if let Some((binding, _)) = before.split_once(" = ") {
        let pattern = ["let mut ", "let ", "static ", "const "]
            .into_iter()
            .find_map(|keyword| Some(binding.rsplit_once(keyword)?.1));
        return pattern.and_then(|pattern| word(pattern.split(':').next().unwrap_or_default()));
    }
    // A field of a struct expression: `name: Mutex::new(…)`, the last `:` that is not part of a `::`.
    let at = before
        .char_indices()
        .filter(|(at, c)| *c == ':' && !before[at + 1..].starts_with(':') && !before[..*at].ends_with(':'))
        .map(|(at, _)| at)
        .next_back()?;
    let field = before[..at]
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next()?;
    word(field)
}

/// The text, if it is an identifier.
fn word(text: &str) -> Option<String> {
    let text = text.trim();
    let identifier =
        text.chars().all(|c| c.is_alphanumeric() || c == '_') && text.starts_with(|c: char| !c.is_numeric());
    (identifier && !text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_derived_is_the_field_of_its_type() {
        let of = |fields: &str, kind: &str| {
            field(format!("struct Gate {{\n{fields}\n}}\nx: Mutex,").lines(), kind)
        };
        assert_eq!(of("    count: AtomicU64,", "AtomicU64").as_deref(), Some("count"));
        assert_eq!(
            of(
                "    /// The lock: a Mutex\n    pub(crate) open: Arc<Mutex<bool>>,\n    name: String,",
                "Mutex"
            )
            .as_deref(),
            Some("open")
        );
        assert_eq!(of("    a: Mutex<u8>,\n    b: Mutex<u8>,", "Mutex"), None);
        assert_eq!(of("    a: RwLock<u8>,", "Mutex"), None);
    }

    #[test]
    fn variables_fields_and_statics_have_names() {
        for (before, name) in [
            ("    let counter = Arc::new(", Some("counter")),
            ("let mut total: Mutex<u64> = ", Some("total")),
            ("static TOTAL: AtomicU64 = ", Some("TOTAL")),
            ("        Account { id: 7, balance: ", Some("balance")),
            ("            balance: std::sync::", Some("balance")),
            ("    let (sender, receiver) = ", None),
            ("        ", None),
            ("    (0..5).map(|_| ", None),
        ] {
            assert_eq!(bound(before).as_deref(), name, "{before:?}");
        }
    }
}
