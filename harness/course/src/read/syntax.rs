//! TOML in, a tree out, also where the TOML is broken: a syntax error costs the statement that it stands in,
//! and the rest is read as if that statement were not there.
//!
//! The parser's own recovery cannot do this: after a bracket that is never closed it takes every following
//! entry for a part of the list. So broken text is cut into statements, which begin where a line looks like
//! `key = …` or `[table]`, and each is parsed alone.

use std::{collections::HashSet, ops::Range};

use toml::de::DeTable;

use super::Reader;
use crate::{fault::Fault, source_text::Span};

/// A syntax error, in the parser's words.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) span: Span,
}

/// The tree of a text, as far as there is one.
#[derive(Debug)]
pub(crate) struct Parsed<'t> {
    pub(crate) tree: DeTable<'t>,
    pub(crate) errors: Vec<SyntaxError>,
    pub(crate) damage: Damage,
}

/// Where something was left out, and so nothing may be said to be missing.
#[derive(Debug, Default)]
pub(crate) struct Damage {
    /// Where each section begins: at its header, the first at the top of the file.
    sections: Vec<usize>,
    /// The sections that have lost a statement.
    spoilt: HashSet<usize>,
}

impl Damage {
    fn of(statements: &[Statement]) -> Self {
        let headers = statements.iter().filter(|statement| statement.is_header);
        let mut sections: Vec<usize> = headers.map(|header| header.span.start).collect();
        sections.insert(0, 0);
        Damage {
            sections,
            spoilt: HashSet::new(),
        }
    }

    /// Notes that something was left out there.
    fn add(&mut self, at: usize) {
        self.spoilt.insert(self.section(at));
    }

    fn section(&self, at: usize) -> usize {
        self.sections.partition_point(|start| *start <= at)
    }

    /// Whether the table that is opened at `header` has lost a key.
    pub(crate) fn spoils(&self, header: Span) -> bool {
        self.any() && self.spoilt.contains(&self.section(header.start))
    }

    /// Whether anything at all was left out: whole tables may be missing for no other reason.
    pub(crate) fn any(&self) -> bool {
        !self.spoilt.is_empty()
    }
}

/// Parses a text. `mended` is the room for another text, should one be needed, which the tree then refers to.
pub(crate) fn parse<'t>(text: &'t str, mended: &'t mut String) -> Parsed<'t> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Parsed {
            tree: tree.into_inner(),
            errors: Vec::new(),
            damage: Damage::default(),
        };
    }
    let (mut errors, mut damage) = mend(text, mended);
    let (tree, errors_of_the_whole) = DeTable::parse_recoverable(mended);
    // What shows only in the whole, such as a key that is given twice.
    for error in &errors_of_the_whole {
        let error = located(error, 0);
        damage.add(error.span.start);
        errors.push(error);
    }
    Parsed {
        tree: tree.into_inner(),
        errors,
        damage,
    }
}

/// Copies a text, of the same length, with every statement blanked that does not parse.
fn mend(text: &str, mended: &mut String) -> (Vec<SyntaxError>, Damage) {
    let statements = statements(text);
    let mut damage = Damage::of(&statements);
    let mut errors = Vec::new();
    let mut next = 0;
    while next < statements.len() {
        let (mut taken, error) = whole_statement(text, &statements[next..]);
        if error.is_some() && statements[next].is_header {
            // Without its header, what follows would be taken for a part of the table above.
            taken += statements[next + 1..]
                .iter()
                .take_while(|each| !each.is_header)
                .count();
        }
        let span = statements[next].span.start..statements[next + taken - 1].span.end;
        match error {
            None => mended.push_str(&text[span]),
            Some(error) => {
                mended.push_str(&blank(&text[span]));
                errors.push(error);
                damage.add(statements[next].span.start);
            }
        }
        next += taken;
    }
    (errors, damage)
}

/// An error in words that help, known by a part of the parser's message.
struct Known {
    part: &'static str,
    /// In place of the parser's message, where that is about the parser.
    label: Option<&'static str>,
    fix: &'static str,
}

const fn known(part: &'static str, label: Option<&'static str>, fix: &'static str) -> Known {
    Known { part, label, fix }
}

const KNOWN: [Known; 8] = [
    known(
        "duplicate key",
        Some("given a second time"),
        "give each key once in a table; a new entry begins with a line such as `[[exercise]]`",
    ),
    known(
        "invalid boolean",
        Some("text without quotes"),
        "put text in double quotes",
    ),
    known(
        "string values must be quoted",
        Some("no value, or a text without quotes"),
        "write a value, with text in double quotes: `title = \"Fix the race\"`",
    ),
    known(
        "key with no value",
        None,
        "a line is `key = value`, `[table]` or `[[entry]]`",
    ),
    known(
        "unclosed array table",
        None,
        "close the brackets as they were opened: `[[entry]]`",
    ),
    known("unclosed table", None, "close the bracket: `[table]`"),
    known("unclosed array", None, "close the list with `]`"),
    known(
        "invalid basic string",
        Some("the text does not end"),
        "end the text with `\"` on its line; text over several lines stands between `\"\"\"`",
    ),
];

/// The error as a fault, with a fix.
pub(super) fn explain(reader: &Reader<'_>, error: SyntaxError) -> Fault {
    let known = KNOWN.iter().find(|known| error.message.contains(known.part));
    let fix = known.map_or("a line is `key = value`, with text in double quotes", |known| {
        known.fix
    });
    let label = known.and_then(|known| known.label).unwrap_or(&error.message);
    reader.fault(error.span, "this is not TOML", label).help(fix)
}

fn located(error: &toml::de::Error, offset: usize) -> SyntaxError {
    let span = error.span().unwrap_or(0..0);
    SyntaxError {
        message: error.message().to_owned(),
        span: (offset + span.start..offset + span.end).into(),
    }
}

/// The text with everything blanked but its lines, so that what follows stays where it was.
fn blank(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

/// A run of lines that begins like a statement.
#[derive(Debug)]
struct Statement {
    span: Range<usize>,
    is_header: bool,
}

/// Cuts the text where a line looks like the beginning of a statement.
fn statements(text: &str) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let is_header = looks_like_header(line);
        match statements.last_mut() {
            Some(last) if !is_header && !looks_like_assignment(line) => last.span.end = end,
            _ => statements.push(Statement {
                span: start..end,
                is_header,
            }),
        }
        start = end;
    }
    statements
}

/// `[course]`, `[[exercise.test]]`, and the same with a bracket forgotten. The elements of a list that goes
/// over several lines are no bare words.
fn looks_like_header(line: &str) -> bool {
    let name = line.trim_start().strip_prefix('[').unwrap_or_default();
    name.trim_start_matches(['[', ' ']).starts_with(is_bare)
}

/// `key =` and `key.key =`.
fn looks_like_assignment(line: &str) -> bool {
    let rest = line.trim_start().trim_start_matches(|c| is_bare(c) || c == '.');
    rest.len() < line.trim_start().len() && rest.trim_start().starts_with('=')
}

fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// The most lines that look like statements of their own while they are part of another: a table or a text
/// over several lines. More are taken for what they look like.
const LOOK_AHEAD: usize = 16;

/// How many of the runs make up the first statement: one, or more when only together they parse. When they
/// never do it is one, with its error.
fn whole_statement(text: &str, statements: &[Statement]) -> (usize, Option<SyntaxError>) {
    let start = statements[0].span.start;
    let mut first_error = None;
    for (ahead, statement) in statements.iter().take(LOOK_AHEAD).enumerate() {
        let so_far = &text[start..statement.span.end];
        let Err(error) = DeTable::parse(so_far) else {
            return (ahead + 1, None);
        };
        let error = located(&error, start);
        let still_open = error.span.end >= start + so_far.trim_end().len();
        first_error = first_error.or(Some(error));
        if !still_open {
            break;
        }
    }
    (1, first_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a text, without empty lines, and the lines of the errors.
    fn left_of(text: &str) -> (String, Vec<usize>) {
        let mut left = String::new();
        let (errors, _) = mend(text, &mut left);
        assert_eq!(left.len(), text.len(), "what follows stays where it was");
        let lines: Vec<&str> = left
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let line_of = |error: &SyntaxError| text[..error.span.start].matches('\n').count() + 1;
        (lines.join("; "), errors.iter().map(line_of).collect())
    }

    #[test]
    fn good_text_is_left_alone() {
        assert_eq!(
            left_of("a = 1\n[b]\nc = [\n  1,\n]\n"),
            ("a = 1; [b]; c = [; 1,; ]".into(), vec![])
        );
    }

    #[test]
    fn an_error_costs_its_own_statement_only() {
        let broken = "a = \n[b]\nc = [1,\n[[d]]\ne = \"x\nf = 2\ng = 1 2\n";
        assert_eq!(left_of(broken), ("[b]; [[d]]; f = 2".into(), vec![1, 3, 5, 7]));
    }

    #[test]
    fn a_statement_over_several_lines_is_one_statement() {
        let broken = "a = \nb = [\n  \"c\",\n]\nd = {\n  e = 1,\n}\nf = \"\"\"\n[g]\nh = 1\n\"\"\"\n";
        let kept = "b = [; \"c\",; ]; d = {; e = 1,; }; f = \"\"\"; [g]; h = 1; \"\"\"";
        assert_eq!(left_of(broken), (kept.into(), vec![1]));
    }

    #[test]
    fn nothing_is_missing_where_something_was_left_out() {
        let text = "[a]\nb = 1\n[c]\nd = \n[e]\nf = 2\n";
        let (_, damage) = mend(text, &mut String::new());
        let header = |name: &str| text.find(name).map(|at| (at..at + 3).into()).unwrap();
        assert!(damage.any());
        assert!(!damage.spoils(header("[a]")));
        assert!(damage.spoils(header("[c]")));
        assert!(!damage.spoils(header("[e]")));
    }

    #[test]
    fn a_flood_of_errors_takes_no_flood_of_time() {
        let flood = "a = [\n".repeat(1 << 15);
        let (errors, _) = mend(&flood, &mut String::new());
        assert_eq!(errors.len(), flood.len() / 6);
    }
}
