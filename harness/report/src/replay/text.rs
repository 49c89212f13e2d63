//! The whole walk as text: a block for each step, and what went wrong.

use textwrap::core::display_width;

use super::{Replay, excerpt, place::Place, story::Story};
use crate::{
    page::{Page, cut},
    screen::tone,
    style::{Style, Tone},
};

/// So many lines of the source are shown for a step.
const LINES: usize = 3;

/// Where the parts of a block begin.
const INDENT: usize = 2;

/// The walk, from the first step to the end.
pub fn text(replay: &Replay<'_>, style: &Style) -> String {
    let story = Story::of(replay);
    let mut page = Page::new(style);
    let verdict = replay.test.verdict;
    page.edges(
        &style.paint(Tone::Heading, &story.title()),
        &style.paint(tone(verdict), verdict.name()),
    );
    page.gap();
    page.say(INDENT, &story.schedule());
    if let Some(before) = story.before() {
        page.text(INDENT, Tone::Text, &format!("{before}."));
    }
    if let Some(notice) = story.notice() {
        page.text(INDENT, Tone::Warning, notice);
    }
    let mut place = Place::first(replay.steps());
    while let Some(at) = place.at() {
        step(&mut page, &story, at);
        moment(&mut page, &story, place);
        place = place.forwards(1);
    }
    end(&mut page, &story);
    page.finish()
}

/// What was done, and the source around it.
fn step(page: &mut Page, story: &Story<'_>, at: usize) {
    let (Some(step), Some(row)) = (story.step(at), story.row(at)) else {
        return;
    };
    page.gap();
    let heading = format!("{}: {}", capital(&story.counter(at)), story.who_and_where(step));
    page.text(0, Tone::Heading, &heading);
    page.text(INDENT, Tone::Text, format!("{}  {}", row.op, row.what).trim_end());
    if let Some(note) = &row.note {
        page.text(INDENT, Tone::Bad, &format!("← {note}"));
    }
    let Some(excerpt) = excerpt::around(&step.location, LINES, story.replay.sources) else {
        return;
    };
    page.gap();
    let digits = excerpt.digits();
    let style = page.style();
    let room = page.room(2 * INDENT + digits + 3);
    let excerpt = excerpt.fitted(room);
    let gutter = |label: &str| style.paint(Tone::Faint, &format!("{:4}{label:>digits$} │", ""));
    for (number, line) in &excerpt.lines {
        page.line(format!("{} {line}", gutter(&number.to_string())));
        if *number == excerpt.at && excerpt.before < room {
            let remark = story
                .remark(step)
                .map(|remark| format!(" {remark}"))
                .unwrap_or_default();
            let caret = cut(&format!("^{remark}"), room - excerpt.before);
            let caret = style.paint(Tone::Bad, &caret);
            page.line(format!("{} {:2$}{caret}", gutter(""), "", excerpt.before));
        }
    }
}

/// Where the threads are, and what the objects are.
fn moment(page: &mut Page, story: &Story<'_>, place: Place) {
    let moment = story.walk.after(place.taken());
    let style = page.style();
    page.gap();
    let threads = story.threads(&moment, place.at());
    let widest = threads
        .iter()
        .map(|row| display_width(&row.name))
        .max()
        .unwrap_or(0);
    for row in threads {
        let place = match &*row.line {
            "" => String::new(),
            "test" if row.is_the_test => String::new(),
            "test" => "in the test, ".to_owned(),
            line => format!("line {line}, "),
        };
        page.say_beside(
            INDENT,
            &style.paint(Tone::Heading, &row.name),
            widest + 2,
            &format!("{place}{}", row.does),
        );
    }
    page.gap();
    for row in story.objects(&moment, place.at()) {
        let rest = [row.kind, row.condition];
        let rest = rest.iter().filter(|text| !text.is_empty());
        let rest: String = rest.map(|text| format!(" · {text}")).collect();
        page.text(INDENT, Tone::Text, &format!("{}{rest}", row.valued));
    }
}

/// What went wrong.
fn end(page: &mut Page, story: &Story<'_>) {
    page.gap();
    page.text(0, Tone::Heading, "The end");
    for line in story.message() {
        page.text(INDENT, Tone::Text, &line);
    }
    page.gap();
    for sentence in story.sentences() {
        page.say(INDENT, &sentence);
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use kata_protocol::{Verdict, report::Report};

    use super::*;
    use crate::samples::{self, traces};

    fn of(report: &Report, style: &Style, changed: bool) -> String {
        let test = report.tests.iter().find(|test| test.trace.is_some()).unwrap();
        text(
            &Replay::of(&report.exercise, test, &samples::sources, changed).unwrap(),
            style,
        )
    }

    fn deadlock() -> Report {
        let stuck = "every thread waits, and none can be woken";
        samples::explored(
            "two-locks",
            "both_ways_at_once",
            Verdict::Deadlock,
            stuck,
            traces::two_locks(),
        )
    }

    #[test]
    fn a_walk_is_a_block_for_each_step() {
        insta::assert_snapshot!("race_80", of(&samples::race(), &Style::plain(80), false));
        insta::assert_snapshot!("deadlock_80", of(&deadlock(), &Style::plain(80), true));
        let missed = samples::explored(
            "missed-signal",
            "a_test",
            Verdict::Deadlock,
            "stuck",
            traces::missed_signal(),
        );
        insta::assert_snapshot!("missed_signal_120", of(&missed, &Style::plain(120), false));
    }

    #[test]
    fn colours_change_no_text() {
        let style = Style {
            width: 80,
            colour: true,
        };
        let coloured = of(&deadlock(), &style, false);
        assert!(coloured.contains("\u{1b}["));
        let mut plain = String::new();
        let mut rest = coloured.as_str();
        while let Some((text, escape)) = rest.split_once("\u{1b}[") {
            plain.push_str(text);
            rest = escape.split_once('m').unwrap().1;
        }
        plain.push_str(rest);
        let words = |text: &str| {
            text.replace('`', "")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(words(&plain), words(&of(&deadlock(), &Style::plain(80), false)));
    }

    #[test]
    fn every_line_keeps_to_the_width() {
        for report in [samples::race(), deadlock(), samples::hostile_trace()] {
            for width in [60, 80, 120] {
                for line in of(&report, &Style::plain(width), true).lines() {
                    assert!(display_width(line) <= width, "{line:?} is wider than {width}");
                }
            }
        }
    }

    #[test]
    fn a_hostile_trace_gets_no_say() {
        for width in [0, 20, 80] {
            let text = of(&samples::hostile_trace(), &Style::plain(width), false);
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
            assert!(!text.contains(['\u{202e}', '\u{200b}']));
            assert!(!text.lines().any(|line| line.trim_start().starts_with("✓ passed")));
        }
    }
}
