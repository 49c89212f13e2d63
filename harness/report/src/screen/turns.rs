//! One order of the tasks of an event loop that fails: a row per turn.

use kata_protocol::{
    Location,
    tasks::{Ending, Turn, Turns},
};
use kata_untrusted::clean_line;
use textwrap::core::display_width;

use super::Learner;
use crate::{
    page::{Page, cut, fill},
    style::Tone,
};

/// At most so many turns are shown: the last ones.
const ROWS: usize = 24;

/// What is left of a row for a piece of code has to be at least so wide to be worth it.
const NARROWEST_CODE: usize = 12;

/// Draws the turns: when, whose, what was done, and the code that it ended at.
pub(super) fn draw(page: &mut Page, indent: usize, turns: &Turns, learner: &Learner<'_>) {
    page.gap();
    page.say(indent, &caption(turns));
    page.gap();
    let rows = rows(turns);
    let shown = &rows[rows.len().saturating_sub(ROWS)..];
    let number = |row: &Row<'_>| row.number.to_string().len();
    let numbers = shown.iter().map(number).max().unwrap_or(0).max(2);
    let widest = |texts: &mut dyn Iterator<Item = &String>| {
        let widths = texts.map(|text| display_width(text));
        widths.max().unwrap_or(0)
    };
    let times = widest(&mut shown.iter().map(|row| &row.time));
    let tasks = widest(&mut shown.iter().map(|row| &row.task));
    let deeds = widest(&mut shown.iter().map(|row| &row.deed));
    let style = page.style();
    if shown.len() < rows.len() || turns.left_out > 0 {
        let hidden = rows.len() - shown.len() + turns.left_out;
        page.line(format!(
            "{:indent$}{}",
            "",
            style.paint(Tone::Faint, &format!("… {hidden} turns before"))
        ));
    }
    for row in shown {
        let left = format!(
            "{:indent$}{:>numbers$}  {:>times$}  {}  ",
            "",
            row.number,
            row.time,
            fill(&row.task, tasks),
        );
        let room = page.room(display_width(&left) + deeds + 3);
        let code = row.code_at.and_then(|at| code(at, learner));
        let code = code.filter(|_| room >= NARROWEST_CODE);
        let line = match code {
            Some(code) => {
                let code = style.paint(Tone::Code, &cut(&code, room));
                format!("{left}{}  {code}", fill(&row.deed, deeds))
            }
            None => format!("{left}{}", cut(&row.deed, page.room(display_width(&left)))),
        };
        page.line(line);
    }
}

/// Which order it is, in a sentence.
fn caption(turns: &Turns) -> String {
    let how = match turns.delays {
        _ if !turns.some_pass => "in every order that was tried".to_owned(),
        0 => "where the tasks go on as they were woken, and passes in other orders".to_owned(),
        1 => "where one task goes on before another that was woken earlier, and passes in other orders"
            .to_owned(),
        more => format!(
            "where {more} times a task goes on before another that was woken earlier, and passes in other orders"
        ),
    };
    format!("It fails {how}. What the tasks do, from one `.await` to the next:")
}

struct Row<'a> {
    number: usize,
    time: String,
    task: String,
    deed: String,
    code_at: Option<&'a Location>,
}

fn rows(turns: &Turns) -> Vec<Row<'_>> {
    let mut last_time = None;
    let timeless = turns.turns.iter().all(|turn| turn.at_ns == 0);
    let mut rows = Vec::new();
    for (index, turn) in turns.turns.iter().enumerate() {
        let time = if timeless || last_time == Some(turn.at_ns) {
            String::new()
        } else {
            seconds(turn.at_ns)
        };
        last_time = Some(turn.at_ns);
        rows.push(Row {
            number: turns.left_out + index + 1,
            time,
            task: label(turns, turn.task),
            deed: deed(turns, index),
            code_at: turn.until.at.first(),
        });
    }
    rows
}

/// `1.5 s`, `2 h`
pub(super) fn seconds(ns: u64) -> String {
    let ms = ns / 1_000_000;
    match (ms / 1000, ms % 1000) {
        (whole, 0) if whole > 0 && whole % 3600 == 0 => format!("{} h", whole / 3600),
        (whole, 0) => format!("{whole} s"),
        (whole, part) => format!("{whole}.{} s", format!("{part:03}").trim_end_matches('0')),
    }
}

fn label(turns: &Turns, task: u32) -> String {
    let spawned = turns
        .tasks
        .get(task as usize)
        .and_then(|task| task.spawned.as_ref());
    match spawned {
        _ if task == 0 => "the test".to_owned(),
        Some(at) if !at.file.starts_with("tests/") => format!("task {task} (line {})", at.line),
        _ => format!("task {task}"),
    }
}

/// What a task did in its turn.
fn deed(turns: &Turns, index: usize) -> String {
    let turn = &turns.turns[index];
    let before = turns.turns[..index].iter().rfind(|other| other.task == turn.task);
    let from = match before.map(lines) {
        None if turns.left_out == 0 => "begins".to_owned(),
        Some(lines) if !lines.is_empty() => format!("goes on at {lines}"),
        _ => "goes on".to_owned(),
    };
    let to = match turn.until.ending {
        Ending::Ended => "ends".to_owned(),
        // The test's own task ends like that when one of its checks fails.
        Ending::Panicked if turn.task == 0 => "fails".to_owned(),
        Ending::Panicked => "panics".to_owned(),
        Ending::Waits => match lines(turn) {
            lines if lines.is_empty() => "waits".to_owned(),
            lines => format!("waits at {lines}"),
        },
    };
    format!("{from}, {to}")
}

/// `line 9`, `lines 9 and 12`
fn lines(turn: &Turn) -> String {
    let mut lines: Vec<u32> = turn.until.at.iter().map(|at| at.line).collect();
    lines.dedup();
    lines.truncate(2);
    match lines.as_slice() {
        [] => String::new(),
        [one] => format!("line {one}"),
        [one, two, ..] => format!("lines {one} and {two}"),
    }
}

/// The line of code at a place.
fn code(at: &Location, learner: &Learner<'_>) -> Option<String> {
    let text = learner.sources.and_then(|source| source(&at.file))?;
    let line = text.lines().nth((at.line as usize).checked_sub(1)?)?;
    Some(clean_line(line.trim()).into_owned())
}
