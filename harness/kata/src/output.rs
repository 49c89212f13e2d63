//! Where answers and errors go.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use kata_course::{AddError, LoadError, NoCourse};
use kata_report::Style;

use crate::{Exit, arguments::Colour, session::Misuse};

/// The width where there is no terminal to ask.
const WIDTH: usize = 80;

/// The height where there is no terminal to ask.
const HEIGHT: usize = 24;

/// Wider than this, lines are hard to read.
const WIDEST: usize = 120;

/// Standard output and standard error, each with what it can show.
pub(crate) struct Output {
    /// What standard output can show.
    pub(crate) style: Style,
    error_colour: bool,
}

/// The columns and rows of the terminal, as many of the columns as are good to read.
pub(crate) fn terminal_size() -> (usize, usize) {
    let size = terminal_size::terminal_size();
    let (columns, rows) = size.map_or((WIDTH, HEIGHT), |(columns, rows)| {
        (usize::from(columns.0), usize::from(rows.0))
    });
    (columns.min(WIDEST), rows)
}

impl Output {
    pub(crate) fn new(colour: Colour) -> Output {
        let wanted = match colour {
            Colour::Auto => None,
            Colour::Always => Some(true),
            Colour::Never => Some(false),
        };
        let width = if io::stdout().is_terminal() {
            terminal_size().0
        } else {
            WIDTH
        };
        Output {
            style: Style {
                width,
                colour: wanted.unwrap_or_else(|| coloured(&io::stdout())),
            },
            error_colour: wanted.unwrap_or_else(|| coloured(&io::stderr())),
        }
    }

    /// Prints an answer. A reader that has gone away (`| head`) has seen enough.
    pub(crate) fn print(&self, text: &str) -> anyhow::Result<()> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(anyhow::Error::from(error).context("the answer cannot be printed")),
            Ok(()) => Ok(()),
        }
    }

    /// Prints a warning beside the answer.
    pub(crate) fn warn(&self, warning: &anyhow::Error) {
        let label = if self.error_colour {
            "\u{1b}[33mwarning:\u{1b}[0m"
        } else {
            "warning:"
        };
        // There is nobody to tell when standard error is gone.
        let _ = writeln!(io::stderr(), "{label} {}", told(warning));
    }

    /// Prints why there is no answer, and says what the process ends with.
    pub(crate) fn error(&self, error: &anyhow::Error) -> Exit {
        let exit = exit_of(error);
        // As above: nobody to tell.
        let _ = writeln!(io::stderr(), "{}", self.told(error));
        exit
    }

    /// Why there is no answer, in words.
    pub(crate) fn told(&self, error: &anyhow::Error) -> String {
        match error.downcast_ref::<LoadError>() {
            _ if exit_of(error) == Exit::Interrupted => {
                "interrupted: nothing was graded, nothing runs on".to_owned()
            }
            Some(LoadError::Faulty(faults)) => faults.render(kata_course::Look {
                colour: self.error_colour,
                ..Default::default()
            }),
            _ if self.error_colour => format!("\u{1b}[1;31merror:\u{1b}[0m {}", told(error)),
            _ => format!("error: {}", told(error)),
        }
    }
}

/// An error with its causes, but for those that it tells itself.
fn told(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if told.is_empty() {
            told = cause;
        } else if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}

fn coloured(stream: &impl anstream::stream::RawStream) -> bool {
    AutoStream::choice(stream) != ColorChoice::Never
}

/// Whose fault it is.
fn exit_of(error: &anyhow::Error) -> Exit {
    use kata_grader::Error::Interrupted;
    match error.downcast_ref::<kata_grader::Error>() {
        Some(Interrupted) => Exit::Interrupted,
        Some(error) if error.is_course() || error.is_usage() => Exit::Usage,
        Some(_) => Exit::Harness,
        None if error.is::<AddError>() => Exit::Usage,
        None if error.is::<Misuse>() || error.is::<LoadError>() || error.is::<NoCourse>() => Exit::Usage,
        None => Exit::Harness,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let cause = || io::Error::from(io::ErrorKind::NotFound);
        let error = anyhow::Error::from(cause());
        assert_eq!(
            told(&error.context("x cannot be read: entity not found")),
            "x cannot be read: entity not found"
        );
        let error = anyhow::Error::from(cause());
        assert_eq!(
            told(&error.context("x cannot be read")),
            "x cannot be read: entity not found"
        );
    }
}
