//! What a program printed: enough of it to see what happened, never so much that the verdict is lost.
//!
//! Each line stands behind a bar, so that a program cannot print what looks like a part of the screen.

use kata_protocol::report::{Output, Stream};

use kata_untrusted::clean;

use crate::{
    page::{Page, count, cut, wrap},
    style::Tone,
};

/// At most so many lines of a stream are shown, half of them from its end.
const LINES: usize = 12;

/// At most so many rows of the screen for one line of the program.
const ROWS: usize = 3;

/// Draws both streams, where there is something in them.
pub(super) fn draw(page: &mut Page, indent: usize, output: &Output) {
    draw_stream(page, indent, "It printed to standard output", &output.stdout);
    draw_stream(page, indent, "It printed to standard error", &output.stderr);
}

fn draw_stream(page: &mut Page, indent: usize, title: &str, stream: &Stream) {
    if stream.text.trim().is_empty() && !stream.cut {
        return;
    }
    let title = match stream.cut {
        false => format!("{title}:"),
        true => format!("{title} more than the limit; this much was kept:"),
    };
    page.gap();
    page.say(indent, &title);
    page.gap();
    let style = page.style();
    let bar = style.paint(Tone::Faint, "│");
    let room = page.room(indent + 2);
    for line in shown(&clean(stream.text.trim_end()), LINES) {
        match line {
            Line::Text(line) => {
                for row in rows(line, room) {
                    page.line(format!("{:indent$}{bar} {}", "", style.paint(Tone::Faint, &row)));
                }
            }
            Line::LeftOut(number) => page.text(indent, Tone::Text, &left_out(number)),
        }
    }
}

/// The line as rows of the screen, the last of them cut when there are too many.
fn rows(line: &str, room: usize) -> Vec<String> {
    if line.is_empty() {
        return vec![String::new()];
    }
    wrap(&cut(line, room * ROWS - ROWS), room)
}

/// A line that is shown, or the number of those that are not.
enum Line<'a> {
    Text(&'a str),
    LeftOut(usize),
}

/// The text's lines, or its head and its tail when it has more than `most` of them.
fn shown(text: &str, most: usize) -> Vec<Line<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= most {
        return lines.into_iter().map(Line::Text).collect();
    }
    let (head, rest) = lines.split_at(most / 2);
    let (left_out, tail) = rest.split_at(rest.len() - most / 2);
    let mut shown: Vec<Line<'_>> = head.iter().copied().map(Line::Text).collect();
    shown.push(Line::LeftOut(left_out.len()));
    shown.extend(tail.iter().copied().map(Line::Text));
    shown
}

fn left_out(number: usize) -> String {
    format!("… {} left out …", count(number, "line"))
}

/// The text with at most `most` of its lines, and a line that says how many were left out.
pub(super) fn head_and_tail(text: &str, most: usize) -> String {
    let lines = shown(text, most).into_iter().map(|line| match line {
        Line::Text(line) => line.to_owned(),
        Line::LeftOut(number) => left_out(number),
    });
    lines.collect::<Vec<_>>().join("\n")
}
