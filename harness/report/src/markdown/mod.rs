//! A README, or a hint, as text for the terminal.
//!
//! All of CommonMark that course texts use, and tables. Without colours the marks of Markdown that carry
//! meaning stay (`*so*`, `` `code` ``), so that a pipe loses nothing. Code blocks, and with them pictures
//! drawn in text, are kept line by line; everything else is wrapped.

mod blocks;
mod inline;
mod table;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use kata_untrusted::clean;

use crate::{page::Page, style::Style};
use blocks::Blocks;
use inline::Inline;
use table::Table;

/// A Markdown text, wrapped to the width, or to 100 columns where there are more.
pub fn render(markdown: &str, style: &Style) -> String {
    let mut page = Page::new(style);
    draw(&mut page, 0, markdown);
    page.finish()
}

/// Draws a Markdown text behind an indent.
pub(crate) fn draw(page: &mut Page, indent: usize, markdown: &str) {
    let text = clean(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut renderer = Renderer {
        inline: Inline::new(page.style()),
        blocks: Blocks::new(page, indent),
        verbatim: None,
        table: None,
    };
    for event in Parser::new_ext(&text, options) {
        renderer.take(event);
    }
    renderer.flush();
}

/// What is open while the events of the parser go by.
struct Renderer<'page> {
    blocks: Blocks<'page>,
    inline: Inline,
    /// The text of an open code block, or of a block of HTML.
    verbatim: Option<String>,
    table: Option<Table>,
}

impl Renderer<'_> {
    fn take(&mut self, event: Event<'_>) {
        match (event, &mut self.verbatim) {
            (Event::Text(text) | Event::Html(text), Some(open)) => open.push_str(&text),
            (Event::Start(tag), _) => self.start(tag),
            (Event::End(tag), _) => self.end(tag),
            (Event::Text(text), None) => self.inline.words(&text),
            (Event::Html(html) | Event::InlineHtml(html), _) => self.inline.html(&html),
            (Event::Code(code), _) => self.inline.code(&code),
            (Event::SoftBreak, _) => self.inline.words(" "),
            (Event::HardBreak, _) => self.inline.new_line(),
            (Event::TaskListMarker(done), _) => self.inline.words(if done { "[x] " } else { "[ ] " }),
            (Event::Rule, _) => {
                self.flush();
                self.blocks.rule();
            }
            (Event::FootnoteReference(name), _) => self.inline.words(&format!("[{name}]")),
            (Event::InlineMath(text) | Event::DisplayMath(text), _) => self.inline.code(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.blocks.start_paragraph(),
            Tag::Heading { .. } => self.inline.start_heading(),
            Tag::BlockQuote(_) => {
                self.flush();
                self.blocks.start_quote();
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.flush();
                self.verbatim = Some(String::new());
            }
            Tag::List(first) => {
                self.flush();
                self.blocks.start_list(first);
            }
            Tag::Item => self.blocks.start_item(),
            Tag::Table(alignments) => self.table = Some(Table::new(alignments)),
            Tag::Emphasis => self.inline.start_emphasis(),
            Tag::Strong => self.inline.start_strong(),
            Tag::Strikethrough => self.inline.toggle_struck(),
            Tag::Link {
                link_type, dest_url, ..
            } => self.inline.start_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.inline.start_image(&dest_url),
            // A table's rows and cells are cut at their ends; the other tags belong to extensions that are
            // not switched on.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(level) => {
                self.inline.end_heading();
                let title = self.inline.take();
                self.blocks.heading(level, &title);
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.blocks.end_quote();
            }
            TagEnd::CodeBlock => {
                let code = self.verbatim.take().unwrap_or_default();
                self.blocks.code(&code);
            }
            TagEnd::HtmlBlock => {
                let html = self.verbatim.take().unwrap_or_default();
                self.inline.html(html.trim_end());
                self.flush();
            }
            TagEnd::List(_) => self.blocks.end_list(),
            TagEnd::Item => {
                self.flush();
                self.blocks.end_item();
            }
            TagEnd::TableCell => {
                let cell = self.inline.take();
                if let Some(table) = &mut self.table {
                    table.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.end_row();
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.blocks.table(&table);
                }
            }
            TagEnd::Emphasis => self.inline.end_emphasis(),
            TagEnd::Strong => self.inline.end_strong(),
            TagEnd::Strikethrough => self.inline.toggle_struck(),
            TagEnd::Link => self.inline.end_link(),
            TagEnd::Image => self.inline.end_image(),
            _ => {}
        }
    }

    /// Ends the paragraph that is open, if one is.
    fn flush(&mut self) {
        let text = self.inline.take();
        if !text.trim().is_empty() {
            self.blocks.paragraph(&text);
        }
    }
}

#[cfg(test)]
mod specification;
