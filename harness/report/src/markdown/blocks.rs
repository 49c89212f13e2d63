//! The blocks of a Markdown text, below each other and inside each other.

use pulldown_cmark::HeadingLevel;
use textwrap::core::display_width;

use super::table::Table;
use crate::{
    page::{Page, wrap},
    style::Tone,
};

/// Code is set off by so many columns.
const CODE_INDENT: usize = 4;

/// Writes blocks to a page.
pub(super) struct Blocks<'page> {
    page: &'page mut Page,
    /// What stands before a line: an entry per open quote and item.
    indents: Vec<Indent>,
    lists: Vec<List>,
    /// Whether an empty line is due before the next block.
    gap_due: bool,
}

/// What stands before the lines of an open block.
struct Indent {
    /// Before its first line, until that is written: the bullet of an item.
    first: Option<String>,
    rest: String,
}

/// An open list.
struct List {
    /// The number of the next item, in a numbered list.
    next: Option<u64>,
    /// Whether its items are paragraphs, with empty lines between them.
    loose: bool,
}

impl<'page> Blocks<'page> {
    pub(super) fn new(page: &'page mut Page, indent: usize) -> Self {
        let base = Indent {
            first: None,
            rest: " ".repeat(indent),
        };
        Blocks {
            page,
            indents: vec![base],
            lists: Vec::new(),
            gap_due: false,
        }
    }

    /// The columns that are left for text.
    fn room(&self) -> usize {
        let used: usize = self
            .indents
            .iter()
            .map(|indent| display_width(&indent.rest))
            .sum();
        self.page.text_room(used)
    }

    fn line(&mut self, line: &str) {
        let take = |indent: &mut Indent| indent.first.take().unwrap_or_else(|| indent.rest.clone());
        let before: String = self.indents.iter_mut().map(take).collect();
        self.page.line(format!("{before}{line}"));
    }

    fn lines<S: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = S>) {
        for line in lines {
            self.line(line.as_ref());
        }
    }

    /// Begins a block: with the empty line that is due, unless a bullet is waiting for its text.
    fn begin(&mut self) {
        let waiting = self.indents.iter().any(|indent| indent.first.is_some());
        if self.gap_due && !waiting {
            self.line("");
        }
        self.gap_due = false;
    }

    /// Whether the text at hand is that of a list whose items follow each other without empty lines.
    fn is_tight(&self) -> bool {
        self.lists.last().is_some_and(|list| !list.loose)
    }

    pub(super) fn start_paragraph(&mut self) {
        // In a tight list the parser gives text without paragraphs.
        if let Some(list) = self.lists.last_mut() {
            list.loose = true;
        }
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.begin();
        let rows = wrap(text, self.room());
        self.lines(rows);
        self.gap_due = !self.is_tight();
    }

    pub(super) fn heading(&mut self, level: HeadingLevel, title: &str) {
        self.begin();
        let rows = wrap(title, self.room());
        let width = rows.iter().map(|row| display_width(row)).max().unwrap_or(0);
        let rule = match level {
            HeadingLevel::H1 => "═",
            HeadingLevel::H2 => "─",
            _ => "┄",
        };
        self.lines(rows);
        let rule = self.page.style().paint(Tone::Faint, &rule.repeat(width));
        self.line(&rule);
        self.gap_due = true;
    }

    pub(super) fn code(&mut self, code: &str) {
        self.gap_due |= self.is_tight();
        self.begin();
        let style = self.page.style();
        for line in code.lines() {
            self.line(&format!("{:CODE_INDENT$}{}", "", style.paint(Tone::Code, line)));
        }
        self.gap_due = true;
    }

    pub(super) fn table(&mut self, table: &Table) {
        self.gap_due |= self.is_tight();
        self.begin();
        let rows = table.rows(self.room(), &self.page.style());
        self.lines(rows);
        self.gap_due = true;
    }

    pub(super) fn rule(&mut self) {
        self.begin();
        let rule = self.page.style().paint(Tone::Faint, &"─".repeat(self.room()));
        self.line(&rule);
        self.gap_due = true;
    }

    pub(super) fn start_quote(&mut self) {
        self.begin();
        let bar = self.page.style().paint(Tone::Faint, "│ ");
        self.indents.push(Indent {
            first: None,
            rest: bar,
        });
    }

    pub(super) fn end_quote(&mut self) {
        self.indents.pop();
        self.gap_due = true;
    }

    pub(super) fn start_list(&mut self, first: Option<u64>) {
        let nested_in_tight = self.is_tight();
        self.gap_due &= !nested_in_tight;
        self.lists.push(List {
            next: first,
            loose: false,
        });
    }

    pub(super) fn end_list(&mut self) {
        self.lists.pop();
        self.gap_due = !self.is_tight();
    }

    pub(super) fn start_item(&mut self) {
        self.begin();
        let bullet = match self.lists.last_mut().and_then(|list| list.next.as_mut()) {
            Some(number) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            None => "• ".to_owned(),
        };
        self.indents.push(Indent {
            rest: " ".repeat(display_width(&bullet)),
            first: Some(bullet),
        });
    }

    pub(super) fn end_item(&mut self) {
        if self.indents.last().is_some_and(|item| item.first.is_some()) {
            self.line("");
        }
        self.indents.pop();
    }
}
