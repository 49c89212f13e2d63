//! The parts of the screen, as lines.

use ratatui_core::layout::Rect;
use textwrap::core::display_width;

use super::{Screen, layout::Layout, painted::Painted};
use crate::{
    page::{cut, tied, wrap},
    replay::{
        excerpt,
        place::Place,
        story::{Story, ThreadRow},
        walk::Moment,
    },
    screen::tone,
    style::Tone,
};

/// In front of what the last step was about, and of the rest.
const HERE: &str = "▸ ";
const ELSEWHERE: &str = "  ";

/// A name is not shown wider than this where it stands in a column.
pub(super) const WIDEST: usize = 20;

/// A title of fewer columns says nothing.
const NARROW: usize = 6;

/// What went wrong is not wrapped later than here.
const READABLE: usize = 100;

/// A terminal of so many rows has one to spare between two paragraphs.
const LOOSE: usize = 16;

/// `lost-update · no_update_is_lost` on the left, `race · step 4 of 11` on the right.
pub(super) fn header(story: &Story<'_>, place: Place, width: u16) -> Painted {
    let width = usize::from(width);
    let verdict = story.replay.test.verdict;
    let counter = match place.at() {
        Some(at) => story.counter(at),
        None => "the end".to_owned(),
    };
    let mut right = Painted::of(tone(verdict), verdict.name()).and(Tone::Text, format!(" · {counter}"));
    if right.width() + NARROW > width {
        right = Painted::of(Tone::Text, counter);
    }
    let room = width.saturating_sub(right.width() + 2);
    let title = if room < NARROW {
        String::new()
    } else {
        cut(&story.title(), room)
    };
    Painted::of(Tone::Heading, title)
        .to(width.saturating_sub(right.width()))
        .and_all(right)
}

/// That the learner's files are others by now.
pub(super) fn notice(story: &Story<'_>) -> Vec<Painted> {
    let notice = story.notice().map(|notice| Painted::of(Tone::Warning, notice));
    notice.into_iter().collect()
}

/// The step in words: `thread 2, line 41: store counter 0 ⇒ 1`.
pub(super) fn now(screen: &Screen<'_>, place: Place) -> Painted {
    let story = &screen.story;
    let step = place
        .at()
        .and_then(|at| Some((story.step(at)?, screen.rows.get(at)?)));
    match step {
        Some((step, row)) => Painted::of(Tone::Heading, format!("{}: ", story.who_and_where(step)))
            .and(Tone::Text, format!("{} {}", row.op, row.what)),
        None => Painted::of(Tone::Heading, "What went wrong"),
    }
}

/// The source around a step, with a caret under its place.
pub(super) fn source(story: &Story<'_>, at: usize, part: Rect) -> Vec<Painted> {
    let height = usize::from(part.height);
    let Some(step) = story.step(at) else {
        return Vec::new();
    };
    let note = story.row(at).and_then(|row| row.note);
    let Some(excerpt) = excerpt::around(&step.location, height.saturating_sub(1), story.replay.sources)
    else {
        let note = note.map(|note| Painted::of(Tone::Bad, format!("  ← {note}")));
        let why = match story.names.is_of_test(&step.location) {
            true => "  The hidden test does this; its lines are not shown.",
            false => "  The source of this line is not known.",
        };
        let lines = note.into_iter().chain([Painted::of(Tone::Faint, why)]);
        return lines.collect();
    };
    let digits = excerpt.digits();
    let gutter = |label: &str| Painted::of(Tone::Faint, format!("  {label:>digits$} │ "));
    let excerpt = excerpt.fitted(usize::from(part.width).saturating_sub(digits + 5));
    let mut lines = Vec::new();
    for (number, line) in &excerpt.lines {
        let tone = if *number == excerpt.at {
            Tone::Heading
        } else {
            Tone::Text
        };
        lines.push(gutter(&number.to_string()).and(tone, line));
        if *number == excerpt.at {
            let label = note.clone().or_else(|| story.remark(step).map(str::to_owned));
            lines.push(gutter("").and(
                Tone::Bad,
                caret(excerpt.before, label, usize::from(part.width), digits),
            ));
        }
    }
    lines
}

/// A caret under a column, with what there is to say beside it: behind it, or before it where there is no room.
fn caret(before: usize, label: Option<String>, width: usize, digits: usize) -> String {
    let label = label.unwrap_or_default();
    let room = width.saturating_sub(digits + 5);
    let wide = display_width(&label) + 1;
    if before + 1 + wide > room && wide <= before {
        return format!("{:>1$} ^", label, before - 1);
    }
    format!("{:before$}^ {label}", "").trim_end().to_owned()
}

/// What went wrong, wrapped.
pub(super) fn end(screen: &Screen<'_>, part: Rect) -> Vec<Painted> {
    let story = &screen.story;
    let height = usize::from(part.height);
    let room = usize::from(part.width).min(READABLE).saturating_sub(2).max(8);
    let rows = |text: &str| wrap(text, room);
    let message = story.message();
    let message = message.iter().flat_map(|line| rows(line));
    let mut lines: Vec<Painted> = message
        .map(|row| Painted::of(Tone::Text, format!("  {row}")))
        .collect();
    if !lines.is_empty() && height >= LOOSE {
        lines.push(Painted::default());
    }
    for sentence in story.sentences() {
        let say = |row: &String| Painted::of(Tone::Text, "  ").and_say(Tone::Text, row, screen.colour);
        lines.extend(rows(&tied(&sentence)).iter().map(say));
    }
    lines
}

/// So many of the lines, with a sign where there are more.
pub(super) fn as_far_as(height: u16, mut lines: Vec<Painted>) -> Vec<Painted> {
    let height = usize::from(height);
    if lines.len() > height {
        lines.truncate(height.saturating_sub(1));
        lines.push(Painted::of(Tone::Faint, "  … more in a larger window"));
    }
    lines
}

/// The threads, each where it stands.
pub(super) fn threads(
    screen: &Screen<'_>,
    moment: &Moment<'_>,
    place: Place,
    layout: &Layout,
) -> Vec<Painted> {
    let rows = screen.story.threads(moment, place.at());
    let name = widest(rows.iter().map(|row| &*row.name));
    let line = widest(rows.iter().map(|row| &*row.line));
    let title = title("threads", layout.titles, layout.threads.width);
    let each = if layout.roomy { 2 } else { 1 };
    let fit = (usize::from(layout.threads.height).saturating_sub(title.len())) / each;
    let current = rows.iter().position(|row| row.steps).unwrap_or(0);
    let window = window(rows.len(), current, fit);
    let lines = rows
        .iter()
        .skip(window)
        .take(fit)
        .flat_map(|row| thread(screen, row, name, line, layout.roomy));
    title.into_iter().chain(lines).collect()
}

fn thread(screen: &Screen<'_>, row: &ThreadRow, name: usize, line: usize, roomy: bool) -> Vec<Painted> {
    let who = Painted::of(Tone::Text, here(row.steps))
        .and(Tone::Heading, cut(&row.name, WIDEST))
        .to(2 + name + 2)
        .and(Tone::Faint, format!("{:>line$}", row.line))
        .and(Tone::Text, "  ");
    let does = if row.waits { Tone::Warning } else { Tone::Text };
    let alone = row.code.is_empty();
    if !roomy || alone {
        // Two rows all the same, so that the threads below stay where they are.
        let second = (roomy && alone).then(Painted::default);
        return [who.and_say(does, &row.does, screen.colour)]
            .into_iter()
            .chain(second)
            .collect();
    }
    let start = who.width();
    vec![
        who.and(Tone::Text, &row.code),
        Painted::default()
            .to(start)
            .and_say(does, &row.does, screen.colour),
    ]
}

/// The objects that threads share, each as it is.
pub(super) fn objects(
    screen: &Screen<'_>,
    moment: &Moment<'_>,
    place: Place,
    layout: &Layout,
) -> Vec<Painted> {
    let rows = screen.story.objects(moment, place.at());
    let valued = widest(rows.iter().map(|row| &*row.valued));
    let kind = widest(rows.iter().map(|row| &*row.kind));
    let title = title("shared", layout.titles, layout.objects.width);
    let fit = usize::from(layout.objects.height).saturating_sub(title.len());
    let current = rows.iter().position(|row| row.touched).unwrap_or(0);
    let window = window(rows.len(), current, fit);
    let lines = rows.iter().skip(window).take(fit).map(|row| {
        Painted::of(Tone::Text, here(row.touched))
            .and(Tone::Heading, &row.valued)
            .to(2 + valued + 2)
            .and(Tone::Faint, &row.kind)
            .to(2 + valued + 2 + kind + 2)
            .and(Tone::Text, &row.condition)
    });
    title.into_iter().chain(lines).collect()
}

/// `─ threads ────────`
pub(super) fn title(text: &str, shown: bool, width: u16) -> Vec<Painted> {
    if !shown {
        return Vec::new();
    }
    let rule = "─".repeat(usize::from(width).saturating_sub(text.len() + 3));
    vec![Painted::of(Tone::Faint, format!("─ {text} {rule}"))]
}

pub(super) const fn here(is: bool) -> &'static str {
    if is { HERE } else { ELSEWHERE }
}

pub(super) fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(display_width).max().unwrap_or(0)
}

/// The first of so many rows that are shown, so that the current one is in the middle, as far as the ends allow.
pub(super) fn window(all: usize, current: usize, fit: usize) -> usize {
    current
        .saturating_sub(fit.saturating_sub(1) / 2)
        .min(all.saturating_sub(fit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_row_is_always_shown() {
        for all in 1..20 {
            for current in 0..all {
                for fit in 1..25 {
                    let first = window(all, current, fit);
                    assert!((first..first + fit).contains(&current), "{all} {current} {fit}");
                    assert!(first == 0 || first + fit <= all);
                }
            }
        }
    }

    #[test]
    fn a_label_stands_where_there_is_room() {
        assert_eq!(caret(3, None, 40, 2), "   ^");
        assert_eq!(caret(3, Some("note".to_owned()), 40, 2), "   ^ note");
        assert_eq!(
            caret(30, Some("note".to_owned()), 40, 2),
            format!("{:25}note ^", "")
        );
    }
}
