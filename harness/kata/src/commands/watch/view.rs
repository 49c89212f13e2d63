//! What is to be seen: a page, as much of it as there is room for, and a last line.

use kata_report::Style;

use super::keys::Scroll;
use crate::output;

/// The keys, where there is room for them.
const KEYS: &str = "n next · h hint · l list · ↑↓ · Enter check · q quit";

/// Where there is little.
const SHORT_KEYS: &str = "n h l ↑↓ Enter · q quit";

/// What is said before all else.
const LAST_KEY: &str = "q quit";

/// A page and how far down it is shown.
pub(super) struct View {
    /// How pages are made for this terminal.
    pub(super) style: Style,
    /// What a check is doing, while it does.
    pub(super) doing: Option<String>,
    rows: usize,
    lines: Vec<String>,
    warnings: Vec<String>,
    top: usize,
}

impl View {
    pub(super) fn new(colour: bool) -> View {
        let mut view = View {
            style: Style { width: 0, colour },
            doing: None,
            rows: 0,
            lines: Vec::new(),
            warnings: Vec::new(),
            top: 0,
        };
        view.resize();
        view
    }

    /// Finds out how large the terminal is.
    pub(super) fn resize(&mut self) {
        let (columns, rows) = output::terminal_size();
        self.style.width = columns;
        self.rows = rows;
        self.scroll(Scroll::Line(0));
    }

    /// Shows another page, from its top.
    pub(super) fn show(&mut self, text: String) {
        self.lines = self
            .warnings
            .drain(..)
            .chain(text.lines().map(str::to_owned))
            .collect();
        self.top = 0;
    }

    /// Says these above the next page.
    pub(super) fn warn(&mut self, warnings: &[anyhow::Error]) {
        let told = warnings.iter().map(|warning| format!("warning: {warning:#}"));
        self.warnings.extend(told);
    }

    pub(super) fn scroll(&mut self, by: Scroll) {
        let last = self.lines.len().saturating_sub(self.room());
        let page = isize::try_from(self.room().max(2) - 1).unwrap_or(isize::MAX);
        let top = match by {
            Scroll::Line(lines) => self.top.saturating_add_signed(lines),
            Scroll::Page(pages) => self.top.saturating_add_signed(pages.saturating_mul(page)),
            Scroll::Top => 0,
            Scroll::Bottom => last,
        };
        self.top = top.min(last);
    }

    /// The rows above the last line.
    fn room(&self) -> usize {
        self.rows.saturating_sub(1)
    }

    /// The lines of the page that are in sight, and the last line: how things are, then the keys.
    pub(super) fn page(&self, state: &str) -> (Vec<String>, String) {
        let body = self.lines.iter().skip(self.top).take(self.room());
        let below = self.lines.len().saturating_sub(self.top + self.room());
        let long = match below {
            0 => state.to_owned(),
            below => format!("{state} · {below} more below"),
        };
        let columns = |text: &str| text.chars().count();
        let width = self.style.width;
        let ways = [
            (&*long, KEYS),
            (&*long, SHORT_KEYS),
            (state, SHORT_KEYS),
            (&*long, LAST_KEY),
            (state, LAST_KEY),
            ("", LAST_KEY),
        ];
        let fits = |(state, keys): &(&str, &str)| columns(state) + 3 + columns(keys) <= width;
        let foot = match ways.into_iter().find(fits) {
            Some((state, keys)) => {
                let between = width - columns(state) - columns(keys);
                format!("{state}{:between$}{keys}", "")
            }
            None => LAST_KEY.chars().take(width).collect(),
        };
        (body.cloned().collect(), foot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(columns: usize, rows: usize, lines: usize) -> View {
        let mut view = View::new(false);
        (view.style.width, view.rows) = (columns, rows);
        view.show((0..lines).map(|line| format!("{line}\n")).collect());
        view
    }

    #[test]
    fn a_long_page_is_shown_from_its_top_and_can_be_scrolled_to_its_end() {
        let mut view = view(80, 11, 25);
        let shown = |view: &View| view.page("state").0.join(" ");
        assert_eq!(shown(&view), "0 1 2 3 4 5 6 7 8 9");
        assert!(view.page("state").1.starts_with("state · 15 more below"));
        view.scroll(Scroll::Page(1));
        assert_eq!(shown(&view), "9 10 11 12 13 14 15 16 17 18");
        view.scroll(Scroll::Bottom);
        assert_eq!(shown(&view), "15 16 17 18 19 20 21 22 23 24");
        view.scroll(Scroll::Line(5));
        assert!(view.page("state").1.starts_with("state   "));
        view.scroll(Scroll::Line(-1));
        assert_eq!(shown(&view), "14 15 16 17 18 19 20 21 22 23");
        view.scroll(Scroll::Top);
        assert_eq!(shown(&view), "0 1 2 3 4 5 6 7 8 9");
    }

    #[test]
    fn the_last_line_fits_however_narrow_the_terminal_is() {
        for width in 0..90 {
            let (body, foot) = view(width, 1, 3).page("gather: checking …");
            assert_eq!(body, Vec::<String>::new());
            assert!(foot.chars().count() <= width, "{width}: {foot:?}");
        }
        assert!(view(80, 24, 3).page("gather: solved").1.ends_with("q quit"));
    }
}
