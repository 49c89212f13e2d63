//! The lines of the source that the steps touch, with a caret where something is to be said.

use std::collections::{BTreeMap, BTreeSet};

use kata_protocol::Location;
use kata_untrusted::clean_line;
use textwrap::core::display_width;

use super::diagnosis::{Deed, Mark};
use crate::{
    page::{Page, cut, wrap},
    screen::{Learner, source::column},
    style::Tone,
};

/// So many lines are shown around each line, as long as all are few.
const AROUND: usize = 1;

/// More lines than this are no excerpt.
const MOST: usize = 18;

/// A gap of so many lines is shown rather than told.
const GAP: usize = 1;

/// Draws the lines of the file that most steps are in; gives whether there was something to draw.
pub(super) fn draw(
    page: &mut Page,
    indent: usize,
    file: Option<&str>,
    touched: &[&Location],
    marks: &[Mark],
    learner: &Learner<'_>,
) -> bool {
    let Some((file, text)) = file.and_then(|file| Some((file, learner.sources?(file)?))) else {
        return false;
    };
    let lines: Vec<&str> = text.lines().collect();
    let of_file = |location: &&Location| location.file == file;
    let number = |location: &Location| {
        (location.line as usize)
            .checked_sub(1)
            .filter(|at| *at < lines.len())
    };
    let marked = marks
        .iter()
        .map(|mark| &mark.location)
        .filter(of_file)
        .filter_map(number)
        .collect();
    let touched = touched
        .iter()
        .copied()
        .filter(of_file)
        .filter_map(number)
        .collect();
    let shown = choose(&touched, &marked, lines.len());
    let Some(last) = shown.last() else { return false };
    let digits = (last + 1).to_string().len();
    page.gap();
    let mut before: Option<usize> = None;
    for at in &shown {
        if before.is_some_and(|before| before + 1 < *at) {
            let text = format!("{:indent$}{:>digits$}", "", "⋮");
            page.line(page.style().paint(Tone::Faint, &text));
        }
        before = Some(*at);
        draw_line(page, indent, digits, *at, lines[*at]);
        draw_marks(
            page,
            indent,
            digits,
            lines[*at],
            marks
                .iter()
                .filter(|mark| mark.location.file == file && mark.location.line as usize == at + 1),
        );
    }
    page.gap();
    true
}

/// The lines to show, from 0: those that are touched with what is around them, or fewer when they are many.
fn choose(touched: &BTreeSet<usize>, marked: &BTreeSet<usize>, end: usize) -> BTreeSet<usize> {
    let with_context = |lines: &BTreeSet<usize>, around: usize| {
        let around = lines
            .iter()
            .flat_map(|at| at.saturating_sub(around)..=(at + around).min(end.saturating_sub(1)));
        let mut shown: BTreeSet<usize> = around.collect();
        let gaps: Vec<_> = shown
            .iter()
            .zip(shown.iter().skip(1))
            .filter(|(one, next)| **next - **one <= GAP + 1)
            .flat_map(|(one, next)| *one..*next)
            .collect();
        shown.extend(gaps);
        shown
    };
    let choices = [
        with_context(touched, AROUND),
        with_context(touched, 0),
        with_context(marked, AROUND),
    ];
    let fits = |lines: &&BTreeSet<usize>| lines.len() <= MOST && !lines.is_empty();
    match choices.iter().find(fits) {
        Some(lines) => lines.clone(),
        None => touched.iter().copied().take(MOST).collect(),
    }
}

fn gutter(page: &Page, indent: usize, digits: usize, label: &str) -> String {
    page.style()
        .paint(Tone::Faint, &format!("{:indent$}{label:>digits$} │", ""))
}

fn draw_line(page: &mut Page, indent: usize, digits: usize, at: usize, line: &str) {
    let gutter = gutter(page, indent, digits, &(at + 1).to_string());
    let room = page.room(indent + digits + 3);
    page.line(format!("{gutter} {}", cut(&clean_line(line), room)));
}

/// The carets below a line, one for each place, with all that is said of it.
fn draw_marks<'a>(
    page: &mut Page,
    indent: usize,
    digits: usize,
    line: &str,
    marks: impl Iterator<Item = &'a Mark>,
) {
    let mut by_column: BTreeMap<usize, Vec<&Mark>> = BTreeMap::new();
    for mark in marks {
        by_column
            .entry(column(line, mark.location.column))
            .or_default()
            .push(mark);
    }
    let gutter = gutter(page, indent, digits, "");
    let room = page.room(indent + digits + 3);
    for (before, marks) in by_column {
        let label = label(&marks);
        let behind = format!("^ {label}");
        // Where the label does not fit behind its caret, it moves to the left, and the caret goes without.
        let beside = before + display_width(&behind) <= room;
        if before < room {
            let text = if beside { behind.as_str() } else { "^" };
            page.line(format!(
                "{gutter} {:before$}{}",
                "",
                page.style().paint(Tone::Bad, text)
            ));
        }
        if !beside {
            for row in wrap(&label, room) {
                page.line(format!("{gutter} {}", page.style().paint(Tone::Bad, &row)));
            }
        }
    }
}

/// `thread 1 and thread 2 read here`
fn label(marks: &[&Mark]) -> String {
    let mut deeds: Vec<(Deed, Vec<&str>)> = Vec::new();
    for mark in marks {
        match deeds.iter_mut().find(|(does, _)| *does == mark.does) {
            Some((_, who)) if who.contains(&mark.who.as_str()) => {}
            Some((_, who)) => who.push(&mark.who),
            None => deeds.push((mark.does, vec![&mark.who])),
        }
    }
    let words = deeds.iter_mut().map(|(does, who)| {
        who.sort_unstable();
        let several = who.len() > 1;
        let who = match who.len() {
            1..=2 => who.join(" and "),
            many => format!("{many} threads"),
        };
        format!("{who} {}", does.words(several))
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(touched: &[usize], marked: &[usize]) -> Vec<usize> {
        let set = |lines: &[usize]| lines.iter().copied().collect();
        choose(&set(touched), &set(marked), 100).into_iter().collect()
    }

    #[test]
    fn a_line_is_shown_between_its_neighbours() {
        assert_eq!(chosen(&[12, 13], &[]), [11, 12, 13, 14]);
        assert_eq!(chosen(&[0, 99], &[]), [0, 1, 98, 99]);
    }

    #[test]
    fn a_small_gap_is_closed() {
        assert_eq!(chosen(&[10, 14], &[]), [9, 10, 11, 12, 13, 14, 15]);
    }

    #[test]
    fn all_who_do_the_same_at_a_place_are_told_together() {
        let place = Location {
            file: "lib.rs".to_owned(),
            line: 1,
            column: 1,
        };
        let mark = |who: &str, does| Mark {
            location: place.clone(),
            who: who.to_owned(),
            does,
        };
        let marks = [
            mark("a", Deed::Reads),
            mark("b", Deed::Reads),
            mark("a", Deed::Reads),
            mark("b", Deed::Writes),
        ];
        assert_eq!(
            label(&marks.iter().collect::<Vec<_>>()),
            "a and b read here, b writes here"
        );
        let marks = ["a", "b", "c"].map(|who| mark(who, Deed::Waits));
        assert_eq!(label(&marks.iter().collect::<Vec<_>>()), "3 threads wait here");
    }

    #[test]
    fn many_lines_stand_alone_and_too_many_leave_the_marked_ones() {
        let every_fifth: Vec<_> = (0..10).map(|at| at * 5).collect();
        assert_eq!(chosen(&every_fifth, &[5]), every_fifth);
        let all: Vec<_> = (0..60).collect();
        assert_eq!(chosen(&all, &[5]), [4, 5, 6]);
        assert_eq!(chosen(&all, &[]).len(), MOST);
    }
}
