//! Progress on standard error: a bar for what takes more than half a second, a line where there is no terminal.

use std::{
    io::{IsTerminal, Write, stderr},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kata_grader::Event;

/// Shorter work than this shows nothing: a flash of a bar only unsettles.
const PATIENCE: Duration = Duration::from_millis(500);

const BUILDING: &str = "building what your code is linked with, once for this toolchain";

/// The progress of checks. It is cleared when it is dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    terminal: bool,
    told: AtomicBool,
}

impl Progress {
    /// Begins with nothing shown. To be called inside the async runtime.
    pub(crate) fn start() -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(spinner());
        let terminal = stderr().is_terminal();
        if terminal {
            let bar = bar.clone();
            tokio::spawn(async move {
                tokio::time::sleep(PATIENCE).await;
                if !bar.is_finished() {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(Duration::from_millis(100));
                }
            });
        }
        Progress {
            bar,
            terminal,
            told: AtomicBool::new(false),
        }
    }

    /// Shows what is going on.
    pub(crate) fn show(&self, event: Event) {
        match event {
            Event::BuildingRuntime { done, total } => {
                self.say(&format!("{BUILDING} …"));
                self.bar.set_style(bar());
                self.bar.set_length(total as u64);
                self.bar.set_position(done as u64);
                self.bar.set_message(BUILDING);
            }
            Event::WaitingForRuntime => {
                self.say("another kata is building the runtime: waiting for it …");
                self.bar
                    .set_message("another kata is building the runtime: waiting for it");
            }
            Event::RuntimeBuilt => self.bar.set_style(spinner()),
            Event::Compiling { slug } => self.bar.set_message(format!("{slug}: compiling")),
            Event::Running { slug, done, total } => {
                self.bar
                    .set_message(format!("{slug}: {done} of {total} tests done"));
            }
        }
    }

    /// Begins to count things that are done, out of so many.
    pub(crate) fn begin(&self, doing: &'static str, total: usize) {
        self.bar.set_style(bar());
        self.bar.set_length(total as u64);
        self.bar.set_position(0);
        self.bar.set_message(doing);
    }

    /// One more of them is done.
    pub(crate) fn one_more(&self) {
        self.bar.inc(1);
    }

    /// One line, once, where a bar cannot be drawn.
    fn say(&self, line: &str) {
        if !self.terminal && !self.told.swap(true, Ordering::Relaxed) {
            // Nobody may be reading; the check goes on.
            let _ = writeln!(stderr(), "{line}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn spinner() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {msg}").expect("the template is well-formed")
}

fn bar() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}")
        .expect("the template is well-formed")
}
