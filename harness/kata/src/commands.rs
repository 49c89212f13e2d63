//! A file per command.

mod check;
mod course;
mod doctor;
mod hint;
mod init;
mod list;
mod manual;
mod replay;
mod reset;
mod solution;
mod task;
mod watch;

pub(crate) use doctor::missing as missing_layers;

use tokio_util::sync::CancellationToken;

use crate::{
    Exit,
    arguments::{Arguments, Command},
    output::Output,
    session::Session,
};

/// Runs the command that was asked for.
pub(crate) async fn run(
    arguments: Arguments,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    let course = arguments.course.as_deref();
    // What needs no course.
    match &arguments.command {
        Command::Doctor => return doctor::run(course, output, cancel).await,
        Command::Init { folder } => return init::run(folder, output),
        Command::Completions { shell } => return manual::completions(*shell, output),
        Command::Manual { folder } => return manual::run(folder.as_deref(), output),
        _ => {}
    }
    let session = Session::open(course)?;
    match arguments.command {
        Command::Next => task::next(&session, output),
        Command::Check(check) => check::run(&check, session, output, cancel).await,
        Command::Course(command) => course::run(&command, &session, output, cancel).await,
        Command::Hint { slug } => hint::run(session, slug.as_deref(), output),
        Command::List { format } => list::run(&session, format, output),
        Command::Show { slug } => task::show(&session, slug.as_deref(), output),
        Command::Replay(asked) => replay::run(&session, &asked, output, cancel).await,
        Command::Reset { slug } => reset::run(&session, &slug, output),
        Command::Watch { slug } => watch::run(slug.as_deref(), session, output, cancel).await,
        Command::Solution { slug } => solution::run(&session, &slug, output),
        Command::Doctor | Command::Init { .. } | Command::Completions { .. } | Command::Manual { .. } => {
            unreachable!("they were answered above")
        }
    }
}
