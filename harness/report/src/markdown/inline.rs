//! The text inside a block: words, emphasis, code, links.

use pulldown_cmark::LinkType;

use kata_untrusted::clean_line;

use crate::{
    page::{self, by_word},
    style::{Style, Tone},
};

/// The text of the block that is open, painted word by word so that it can be wrapped.
pub(super) struct Inline {
    style: Style,
    text: String,
    heading: bool,
    struck: bool,
    emphasis: usize,
    strong: usize,
    /// What follows the text of each open link: its address, when it leads out of the course.
    links: Vec<Option<String>>,
}

impl Inline {
    pub(super) fn new(style: Style) -> Inline {
        Inline {
            style,
            text: String::new(),
            heading: false,
            struck: false,
            emphasis: 0,
            strong: 0,
            links: Vec::new(),
        }
    }

    /// The text of the block, which ends here.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Text. It is cleaned once more: the parser has replaced `&#27;` and its like.
    pub(super) fn words(&mut self, words: &str) {
        let style = self.current();
        let words = by_word(&clean_line(words), |word| self.style.paint_as(style, word));
        self.text.push_str(&words);
    }

    fn current(&self) -> anstyle::Style {
        let mut style = match self.heading {
            true => Tone::Heading.style(),
            false => anstyle::Style::new(),
        };
        if self.strong > 0 {
            style = style.bold();
        }
        if self.emphasis > 0 {
            style = style.italic();
        }
        if self.struck {
            style = style.strikethrough();
        }
        style
    }

    pub(super) fn code(&mut self, code: &str) {
        let code = page::code(&clean_line(code), &self.style);
        self.text.push_str(&code);
    }

    /// HTML means nothing to a terminal: comments are left out, a line break breaks the line, and the rest
    /// is shown as it is written.
    pub(super) fn html(&mut self, html: &str) {
        match html.trim() {
            "<br>" | "<br/>" | "<br />" => self.new_line(),
            comment if comment.starts_with("<!--") => {}
            other => self.text.push_str(other),
        }
    }

    pub(super) fn new_line(&mut self) {
        self.text.push('\n');
    }

    /// A mark of Markdown, where there are no colours to say the same.
    fn mark(&mut self, mark: &str) {
        if !self.style.colour {
            self.text.push_str(mark);
        }
    }

    pub(super) fn start_heading(&mut self) {
        self.heading = true;
    }

    pub(super) fn end_heading(&mut self) {
        self.heading = false;
    }

    pub(super) fn start_emphasis(&mut self) {
        self.emphasis += 1;
        self.mark("*");
    }

    pub(super) fn end_emphasis(&mut self) {
        self.emphasis = self.emphasis.saturating_sub(1);
        self.mark("*");
    }

    pub(super) fn start_strong(&mut self) {
        self.strong += 1;
        self.mark("**");
    }

    pub(super) fn end_strong(&mut self) {
        self.strong = self.strong.saturating_sub(1);
        self.mark("**");
    }

    pub(super) fn toggle_struck(&mut self) {
        self.struck = !self.struck;
        self.mark("~~");
    }

    pub(super) fn start_link(&mut self, link: LinkType, address: &str) {
        // An address that stands for itself is not written twice.
        let is_text = matches!(link, LinkType::Autolink | LinkType::Email);
        self.links
            .push((is_external(address) && !is_text).then(|| address.to_owned()));
    }

    pub(super) fn end_link(&mut self) {
        if let Some(Some(address)) = self.links.pop() {
            let address = self
                .style
                .paint(Tone::Code, &format!("<{}>", clean_line(&address)));
            self.text.push(' ');
            self.text.push_str(&address);
        }
    }

    pub(super) fn start_image(&mut self, address: &str) {
        self.links.push(is_external(address).then(|| address.to_owned()));
        self.words("[picture: ");
    }

    pub(super) fn end_image(&mut self) {
        self.words("]");
        self.end_link();
    }
}

/// Whether an address leads somewhere by itself. A relative one names a file that the reader of a terminal
/// cannot follow from here.
fn is_external(address: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
}
