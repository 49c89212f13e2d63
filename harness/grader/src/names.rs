//! The names of the objects in a trace: those of the variables and fields that they were made for.
//!
//! The trace knows where each object was made. The line of the source there, up to that place, mostly says for
//! what: `let counter = Arc::new(AtomicU32::new(0))`, `balance: Mutex::new(100)`, `static TOTAL: AtomicU64 = …`.

use kata_protocol::{Location, trace::Trace};

/// A source file, by the name that locations have.
pub(crate) struct Source<'a> {
    pub(crate) shown: &'a str,
    pub(crate) text: &'a str,
}

/// Gives each object its name where the source tells it.
pub(crate) fn give(trace: &mut Trace, sources: &[Source<'_>]) {
    for object in &mut trace.objects {
        object.name = name_at(&object.created, sources);
    }
}

fn name_at(at: &Location, sources: &[Source<'_>]) -> Option<String> {
    let source = sources.iter().find(|source| source.shown == at.file)?;
    let line = usize::try_from(at.line).ok()?.checked_sub(1)?;
    let column = usize::try_from(at.column).ok()?.checked_sub(1)?;
    let line = source.text.lines().nth(line)?;
    let before: String = line.chars().take(column).collect();
    bound(&before)
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
