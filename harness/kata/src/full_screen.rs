//! The terminal, taken for a screen of ours and given back whatever happens.
//!
//! While it is taken its lines are not edited, its keys are not echoed, and what it showed before is out of sight. It is
//! given back when the [`FullScreen`] is dropped, so by every way out of the code that has it, and before a panic is told.
//! Signals that ask for an end make that code return; nothing can be done about `SIGKILL`.

use std::{
    env, future,
    io::{self, IsTerminal, Stdout, Write, stdin, stdout},
    os::fd::AsFd,
    panic,
    pin::Pin,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crossterm::{
    cursor::{Hide, MoveTo, Show},
    event::{Event, EventStream},
    execute, queue,
    style::Print,
    terminal::{
        BeginSynchronizedUpdate, Clear, ClearType, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate,
        EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
    },
};
use futures_core::Stream;
use ratatui::{Terminal, backend::CrosstermBackend, widgets::Widget};
use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
};

use crate::Exit;

/// Whether the terminal is taken.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, for as long as this lives.
pub(crate) struct FullScreen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    events: EventStream,
    _taken: Taken,
}

impl FullScreen {
    /// Whether there is a terminal to read keys from and to draw on.
    pub(crate) fn is_possible() -> bool {
        let dumb = env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        let has_size =
            || terminal_size::terminal_size().is_some_and(|(width, height)| width.0 > 0 && height.0 > 0);
        stdin().is_terminal() && stdout().is_terminal() && !dumb && has_size()
    }

    /// Takes the terminal.
    pub(crate) fn take() -> io::Result<FullScreen> {
        give_back_before_a_panic_is_told();
        end_with_the_terminal()?;
        let taken = Taken::new()?;
        let mut screen = FullScreen {
            terminal: Terminal::new(CrosstermBackend::new(stdout()))?,
            events: EventStream::new(),
            _taken: taken,
        };
        screen.forget()?;
        Ok(screen)
    }

    /// Draws a widget on all of it.
    pub(crate) fn draw(&mut self, widget: impl Widget) -> io::Result<()> {
        self.terminal
            .draw(|frame| frame.render_widget(widget, frame.area()))
            .map(drop)
    }

    /// Writes lines on it, from the top, and one at the bottom. They have their colours already; what is too long is cut off.
    pub(crate) fn show(&mut self, body: &[String], foot: &str) -> io::Result<()> {
        let mut out = stdout().lock();
        let last = self.terminal.size()?.height.saturating_sub(1);
        queue!(
            out,
            BeginSynchronizedUpdate,
            Hide,
            DisableLineWrap,
            Clear(ClearType::All)
        )?;
        for (row, line) in (0..last).zip(body) {
            queue!(out, MoveTo(0, row), Print(line))?;
        }
        queue!(
            out,
            MoveTo(0, last),
            Print(foot),
            EnableLineWrap,
            EndSynchronizedUpdate
        )?;
        out.flush()
    }

    /// Forgets what is on it: another size, or a stranger, may have left nothing of that.
    pub(crate) fn forget(&mut self) -> io::Result<()> {
        // `clear` does the same, and asks first where the cursor is: not every terminal answers, and the answer would come
        // between the keys.
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Waits for a key, or for another size; `None` when there is no terminal any more.
    pub(crate) async fn event(&mut self) -> io::Result<Option<Event>> {
        let events = &mut self.events;
        future::poll_fn(|context| Pin::new(&mut *events).poll_next(context))
            .await
            .transpose()
    }
}

/// Sees to it that the program ends when its terminal has gone: without one there is nobody to show anything to.
///
/// The stream of events does not tell of the end. It reads nothing, again and again, and holds a lock meanwhile that
/// whoever asks it for an event may wait for; so no code that has to wait for it can end the program.
fn end_with_the_terminal() -> io::Result<()> {
    let line = stdin().as_fd().try_clone_to_owned()?;
    let watch = thread::Builder::new().name("terminal".to_owned());
    watch.spawn(move || {
        // No event is asked for: an end is told unasked (poll(2)).
        let mut lines = [PollFd::new(&line, PollFlags::empty())];
        while poll(&mut lines, None) == Err(Errno::INTR) {}
        #[expect(
            clippy::disallowed_methods,
            reason = "processes that a check has started end with this one, and its files are the next check's to remove"
        )]
        std::process::exit(Exit::Interrupted as i32)
    })?;
    Ok(())
}

/// That the terminal is taken. A value of its own, so that it is given back although taking it fails half-way.
struct Taken;

impl Taken {
    fn new() -> io::Result<Taken> {
        TAKEN.store(true, Ordering::SeqCst);
        let taken = Taken;
        enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen)?;
        Ok(taken)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}

/// Makes the terminal what it was, once.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Each on its own: where one fails, the other may not. There is nobody to tell.
        let _ = execute!(stdout(), LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}

/// The message of a panic is to be read, so it must not vanish with the screen.
fn give_back_before_a_panic_is_told() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let tell = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            give_back();
            tell(panic);
        }));
    });
}
