//! The walk on a terminal: one moment at a time, drawn into a buffer.

mod layout;
mod painted;
mod parts;
mod steps;

#[cfg(test)]
mod specification;

use ratatui_core::{buffer::Buffer, layout::Rect, widgets::Widget};

use super::{Place, Replay, story::Story};
use crate::screen::trace::row::Row;
use layout::{Layout, Wants};
use painted::Painted;
use steps::Columns;

/// What the keys do, in a line, and in more words.
const KEYS: &str = "→ forwards   ← back   End what went wrong   ? all keys   q quit";
const SHORT_KEYS: &str = "→ on  ← back  ? keys  q quit";
const ALL_KEYS: [&str; 5] = [
    "→ l n j ↓ Space Enter      a step forwards",
    "← h p k ↑ Backspace        a step back",
    "Page Down · Page Up        ten steps forwards · back",
    "Home g · End G             the first step · the end",
    "q Esc Ctrl-C · ?           quit · hide this",
];

/// A replay, ready to be drawn.
pub struct Screen<'a> {
    story: Story<'a>,
    rows: Vec<Row>,
    steps: Columns,
    objects: usize,
    colour: bool,
}

/// A moment of a replay, as a widget.
pub struct View<'a> {
    screen: &'a Screen<'a>,
    place: Place,
    help: bool,
}

impl<'a> Screen<'a> {
    /// The screen of a replay, with or without colours.
    pub fn of(replay: &'a Replay<'a>, colour: bool) -> Screen<'a> {
        let story = Story::of(replay);
        let rows: Vec<Row> = (0..replay.steps()).filter_map(|at| story.row(at)).collect();
        Screen {
            steps: Columns::of(&rows, &story.names),
            rows,
            objects: story.walk.objects(),
            story,
            colour,
        }
    }

    /// What is to be seen at a place, with all keys if `help`.
    pub fn at(&'a self, place: Place, help: bool) -> View<'a> {
        View {
            screen: self,
            place,
            help,
        }
    }
}

impl Widget for View<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        let (screen, place) = (self.screen, self.place);
        let story = &screen.story;
        let end = match place.at() {
            Some(_) => Vec::new(),
            None => parts::end(screen, Layout::left(area, screen.steps.width())),
        };
        let layout = Layout::of(area, &self.wants(end.len(), area));
        let put = |buffer: &mut Buffer, part: Rect, lines: Vec<Painted>| screen.put(buffer, part, lines);
        put(
            buffer,
            layout.header,
            vec![parts::header(story, place, layout.header.width)],
        );
        put(buffer, layout.notice, parts::notice(story));
        put(buffer, layout.now, vec![parts::now(screen, place)]);
        match place.at() {
            Some(at) => put(buffer, layout.source, parts::source(story, at, layout.source)),
            None => put(buffer, layout.source, parts::as_far_as(layout.source.height, end)),
        }
        let moment = story.walk.after(place.taken());
        put(
            buffer,
            layout.threads,
            parts::threads(screen, &moment, place, &layout),
        );
        put(
            buffer,
            layout.objects,
            parts::objects(screen, &moment, place, &layout),
        );
        put(buffer, layout.steps, steps::steps(screen, place, &layout));
        put(buffer, layout.help, self.keys(layout.help));
    }
}

impl View<'_> {
    fn wants(&self, end: usize, area: Rect) -> Wants {
        let rows = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        let help = match self.help {
            true => rows(ALL_KEYS.len()).min((area.height / 2).max(1)),
            false => 1,
        };
        Wants {
            threads: rows(self.screen.story.replay.trace.threads.len()),
            objects: rows(self.screen.objects),
            steps: rows(self.screen.rows.len() + 1),
            steps_width: self.screen.steps.width(),
            end: rows(end),
            notice: self.screen.story.notice().is_some(),
            help,
        }
    }

    fn keys(&self, part: Rect) -> Vec<Painted> {
        use crate::style::Tone;
        if self.help {
            return ALL_KEYS.map(|keys| Painted::of(Tone::Text, keys)).into();
        }
        let room = usize::from(part.width);
        let keys = match textwrap::core::display_width(KEYS) <= room {
            true => KEYS,
            false => SHORT_KEYS,
        };
        vec![Painted::of(Tone::Faint, keys)]
    }
}

impl Screen<'_> {
    /// Writes lines into a part of the screen, as many as it has room for.
    fn put(&self, buffer: &mut Buffer, part: Rect, lines: Vec<Painted>) {
        for (y, line) in (part.y..part.bottom()).zip(lines) {
            let line = line.line(usize::from(part.width), self.colour);
            buffer.set_line(part.x, y, &line, part.width);
        }
    }
}
