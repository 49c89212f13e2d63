//! The command line: arguments in, one call to a library, a rendered answer out.

mod arguments;
mod commands;
mod full_screen;
mod grading;
mod output;
mod progress;
mod session;

use std::process::ExitCode;

use clap::Parser;
use tokio_util::sync::CancellationToken;

use arguments::Arguments;
use output::Output;

/// What the process ends with; docs/teacher.md lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Passed = 0,
    NotPassed = 1,
    Usage = 2,
    Harness = 3,
    /// 128 and the number of SIGINT, as shells have it.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

fn main() -> ExitCode {
    // For each compiler and each test this program starts itself once more, as its warden.
    if let Some(code) = kata_sandbox::serve_if_warden() {
        return code;
    }
    let arguments = Arguments::parse();
    let output = Output::new(arguments.color);
    let ran = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(until_interrupted(arguments, &output)));
    match ran {
        Ok(exit) => exit.into(),
        Err(error) => output.error(&error).into(),
    }
}

/// Runs the command; a signal that asks for an end makes it clean up and return.
async fn until_interrupted(arguments: Arguments, output: &Output) -> anyhow::Result<Exit> {
    use tokio::signal::unix::{SignalKind, signal};
    let cancel = CancellationToken::new();
    for kind in [
        SignalKind::interrupt(),
        SignalKind::terminate(),
        SignalKind::hangup(),
    ] {
        let (mut signal, cancel) = (signal(kind)?, cancel.clone());
        tokio::spawn(async move {
            signal.recv().await;
            cancel.cancel();
        });
    }
    commands::run(arguments, output, &cancel).await
}
