//! `kata course`: what a teacher does with a course.

mod check;
mod examine;
mod format;
mod mutate;
mod new;
mod texts;

use tokio_util::sync::CancellationToken;

use crate::{Exit, arguments::CourseCommand, output::Output, session::Session};

/// Runs the command that was asked for.
pub(super) async fn run(
    command: &CourseCommand,
    session: &Session,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    match command {
        CourseCommand::Check(asked) if asked.mutate => mutate::run(asked, session, output, cancel).await,
        CourseCommand::Check(asked) => check::run(asked, session, output, cancel).await,
        CourseCommand::New(asked) => new::run(asked, session, output),
    }
}
