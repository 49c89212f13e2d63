//! A replay on a terminal: draw, wait for a key, go on.

use kata_report::replay::{Place, Replay, Screen};
use tokio_util::sync::CancellationToken;

use super::keys::{Wish, follow, wish};
use crate::{Exit, full_screen::FullScreen, output::Output};

/// Lets the learner walk through the replay until they have seen enough.
pub(super) async fn run(
    replay: &Replay<'_>,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    let screen = Screen::of(replay, output.style.colour);
    let mut place = Place::first(replay.steps());
    let mut help = false;
    let mut terminal = FullScreen::take()?;
    terminal.draw(screen.at(place, help))?;
    loop {
        let event = tokio::select! {
            event = terminal.event() => event?,
            () = cancel.cancelled() => return Ok(Exit::Interrupted),
        };
        // Without a terminal there is nobody left who could ask for anything.
        let Some(event) = event else {
            return Ok(Exit::Passed);
        };
        match wish(&event) {
            Wish::Quit => return Ok(Exit::Passed),
            Wish::Nothing => continue,
            Wish::Help => help = !help,
            Wish::Again => terminal.forget()?,
            wish => place = follow(wish, place, replay.steps()),
        }
        terminal.draw(screen.at(place, help))?;
    }
}
