//! The processes of a run, as a picture of who was alive when: a row for each, from the begin of the run on the left to its end
//! on the right.

use kata_protocol::program::{End, Process};
use textwrap::core::display_width;

use crate::{
    page::{Page, fill},
    style::Tone,
};

/// At most so many processes get a row.
const ROWS: usize = 16;

/// The columns of the picture.
const COLUMNS: usize = 32;

/// A picture that is narrower shows nothing.
const NARROWEST: usize = 8;

/// Draws them.
pub(super) fn draw(page: &mut Page, indent: usize, processes: &[Process]) {
    let labels: Vec<String> = (0..processes.len())
        .map(|number| label(processes, number))
        .collect();
    let labels = &labels[..labels.len().min(ROWS)];
    let margin = labels.iter().map(|label| display_width(label)).max().unwrap_or(0);
    let ends: Vec<String> = processes.iter().take(ROWS).map(end).collect();
    let widest = ends.iter().map(|end| display_width(end)).max().unwrap_or(0);
    let columns = page.room(indent + margin + widest + 4).min(COLUMNS);
    if processes.is_empty() || columns < NARROWEST {
        return;
    }
    page.gap();
    page.say(
        indent,
        "The processes of the run: who was alive when, from its begin to its end. Only the order counts.",
    );
    page.gap();
    let moments = moments(processes);
    let style = page.style();
    for ((process, label), end) in processes.iter().zip(labels).zip(&ends) {
        let left = column(process.began, moments, columns);
        let right = process
            .ended
            .map_or(columns, |ended| column(ended, moments, columns).max(left + 1));
        let life = format!(
            "{:left$}{}",
            "",
            "━".repeat(right.min(columns) - left.min(columns))
        );
        let tone = match process.end {
            Some(End::Exited(0)) => Tone::Faint,
            _ => Tone::Bad,
        };
        page.line(format!(
            "{:indent$}{}  {}  {}",
            "",
            fill(label, margin),
            style.paint(Tone::Code, &fill(&life, columns)),
            style.paint(tone, end),
        ));
    }
    if processes.len() > ROWS {
        let more = format!("… and {} more", processes.len() - ROWS);
        page.line(format!("{:indent$}{}", "", style.paint(Tone::Faint, &more)));
    }
}

/// The moment at which the run is over.
fn moments(processes: &[Process]) -> u32 {
    let last = processes
        .iter()
        .flat_map(|process| [Some(process.began), process.ended]);
    last.flatten().max().unwrap_or(0).max(1)
}

/// Where a moment is in the picture.
fn column(moment: u32, moments: u32, columns: usize) -> usize {
    let moment = u64::from(moment) * columns as u64 / u64::from(moments);
    usize::try_from(moment).unwrap_or(columns).min(columns - 1)
}

/// `3  started by 2`
fn label(processes: &[Process], number: usize) -> String {
    let parent = processes.get(number).and_then(|process| process.parent);
    match parent.and_then(|parent| usize::try_from(parent).ok()) {
        None => format!("{}  the program", number + 1),
        Some(parent) if parent < processes.len() => format!("{}  started by {}", number + 1, parent + 1),
        Some(_) => format!("{}  started by another", number + 1),
    }
}

fn end(process: &Process) -> String {
    match process.end {
        Some(End::Exited(code)) => format!("exit code {code}"),
        Some(End::Signalled(signal)) => format!("ended by signal {signal}"),
        None => "nobody waits for it".to_owned(),
    }
}
