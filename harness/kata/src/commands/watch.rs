//! `kata watch`: a check on each save.
//!
//! One loop waits for whatever comes first: a key, a change of a file, news of the check that runs, or the end. A save
//! that changes what is graded ends the check that runs and begins another one; one that changes nothing does nothing.

mod checks;
mod files;
mod keys;
mod view;

use kata_course::Exercise;
use kata_grader::{Failures, Graded, Grader};
use kata_report::screen::{self, Learner};
use tokio_util::sync::CancellationToken;

use self::{
    checks::{Checks, News},
    files::{Files, Texts},
    keys::{Wish, wish},
    view::View,
};
use super::{check, hint, list, task};
use crate::{
    Exit,
    full_screen::FullScreen,
    grading::{self, Confine},
    output::Output,
    session::{Misuse, Session},
};

/// Watches the exercise of that name, or else the current one, until the learner has had enough.
pub(crate) async fn run(
    slug: Option<&str>,
    session: Session,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    let exercise = session.exercise(slug)?.clone();
    if !FullScreen::is_possible() {
        return Err(Misuse::NoTerminal { slug: exercise.slug }.into());
    }
    let grader = grading::grader(&session, Confine::AsGoodAsItGets, true, cancel).await?;
    let mut watch = Watch::new(session, exercise, grader, output);
    let mut terminal = FullScreen::take()?;
    let ended = watch.until_the_end(&mut terminal, cancel).await;
    // The terminal first: it is the learner's, and a check that ends takes a moment.
    drop(terminal);
    watch.checks.end().await;
    ended
}

/// What is watched, and what is to be seen of it.
struct Watch<'a> {
    session: Session,
    exercise: Exercise,
    failures: Failures,
    files: Files,
    checks: Checks,
    /// What the check that runs, or the last one, was of.
    checked: Option<Texts>,
    /// The last answer, until the files are others.
    graded: Option<Answer>,
    page: Page,
    /// Whether the learner has turned to this page while a check runs: then it is not taken away when the check ends.
    stays: bool,
    view: View,
    output: &'a Output,
}

/// What the page shows. It is made anew where the terminal has another size.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Answer,
    Task,
    List,
    /// Something that is said once.
    Said,
}

/// An answer with what else there is to say of it.
struct Answer {
    graded: Graded,
    replay: bool,
}

impl<'a> Watch<'a> {
    fn new(session: Session, exercise: Exercise, grader: Grader, output: &'a Output) -> Watch<'a> {
        Watch {
            failures: Failures::of(&grader.cache, &session.course),
            files: Files::of(&session.course, &exercise),
            checks: Checks::new(grader),
            view: View::new(output.style.colour),
            checked: None,
            graded: None,
            page: Page::Answer,
            stays: false,
            session,
            exercise,
            output,
        }
    }

    async fn until_the_end(
        &mut self,
        terminal: &mut FullScreen,
        cancel: &CancellationToken,
    ) -> anyhow::Result<Exit> {
        self.look();
        loop {
            let (body, foot) = self.view.page(&self.foot());
            terminal.show(&body, &foot)?;
            tokio::select! {
                event = terminal.event() => {
                    // Without a terminal there is nobody left who could ask for anything.
                    let Some(event) = event? else { return Ok(Exit::Passed) };
                    match wish(&event) {
                        Wish::Quit => return Ok(Exit::Passed),
                        wish => self.grant(wish)?,
                    }
                }
                () = self.files.change() => self.look(),
                news = self.checks.news() => self.hear(news)?,
                () = cancel.cancelled() => return Ok(Exit::Interrupted),
            }
        }
    }

    /// Begins a check, unless the files are as they were at the last one.
    fn look(&mut self) {
        let texts = self.files.read();
        if self.checked.as_ref() != Some(&texts) {
            self.check(texts);
        }
    }

    fn check(&mut self, texts: Texts) {
        self.checked = Some(texts);
        self.stays = false;
        self.checks.begin(&self.exercise);
    }

    fn hear(&mut self, news: News) -> anyhow::Result<()> {
        match news {
            News::Doing(doing) => self.view.doing = Some(doing),
            News::Ended(Ok(graded)) => {
                self.view.doing = None;
                let (session, exercise) = (&mut self.session, &self.exercise);
                let remembered = check::remember(session, &self.failures, exercise, &graded);
                self.view.warn(&remembered.warnings);
                if let Some(texts) = self.files.graded(&graded) {
                    self.checked = Some(texts);
                }
                self.graded = Some(Answer {
                    graded: *graded,
                    replay: remembered.replay,
                });
                if !self.stays {
                    self.turn_to(Page::Answer)?;
                }
            }
            News::Ended(Err(error)) => {
                self.view.doing = None;
                self.page = Page::Said;
                self.view.show(self.output.told(&error));
            }
        }
        if self.view.doing.is_none() {
            // A change that was not told of, or came while the files were read, would wait for the next one.
            self.look();
        }
        Ok(())
    }

    fn turn_to(&mut self, page: Page) -> anyhow::Result<()> {
        self.page = page;
        match page {
            Page::Answer => self.show_answer(),
            Page::Task => {
                let done =
                    self.session.progress.is_solved(&self.exercise.slug) && self.session.current().is_none();
                let exercise = Some(&self.exercise).filter(|_| !done);
                self.view
                    .show(task::text(&self.session, exercise, &self.view.style)?);
            }
            Page::List => self.view.show(list::text(&self.session, &self.view.style)),
            Page::Said => {}
        }
        Ok(())
    }

    fn show_answer(&mut self) {
        if let Some(Answer { graded, replay }) = &self.graded {
            let learner = Learner {
                sources: Some(&|shown| graded.source(shown).map(str::to_owned)),
                hints_seen: self.session.progress.hints_shown(&self.exercise.slug),
                replay: replay.then_some("kata replay"),
            };
            let text = screen::render(&graded.report, &learner, &self.view.style);
            self.view.show(text);
        }
    }

    /// Does what was asked for, but for quitting.
    fn grant(&mut self, wish: Wish) -> anyhow::Result<()> {
        match wish {
            Wish::Next | Wish::Hint | Wish::List => self.stays = self.view.doing.is_some(),
            Wish::Answer => self.stays = false,
            _ => {}
        }
        match wish {
            Wish::Again => {
                self.view.resize();
                self.turn_to(self.page)?;
            }
            Wish::Answer => self.turn_to(Page::Answer)?,
            Wish::Check => {
                let texts = self.files.read();
                self.check(texts);
            }
            Wish::Next => self.next()?,
            Wish::Hint => {
                let (text, warning) = hint::next(&mut self.session, &self.exercise, &self.view.style);
                self.page = Page::Said;
                self.view.warn(warning.as_slice());
                self.view.show(text);
            }
            Wish::List => self.turn_to(Page::List)?,
            Wish::Scroll(by) => self.view.scroll(by),
            Wish::Quit | Wish::Nothing => {}
        }
        Ok(())
    }

    /// Shows the task; once it is solved, that of the next exercise, which is watched from now on.
    fn next(&mut self) -> anyhow::Result<()> {
        if self.session.progress.is_solved(&self.exercise.slug)
            && let Some(next) = self.session.current().cloned()
        {
            self.files = Files::of(&self.session.course, &next);
            self.exercise = next;
            self.graded = None;
            self.checks.stop();
            self.view.doing = None;
            // The starter need not be graded before anything was written.
            self.checked = Some(self.files.read());
        }
        self.turn_to(Page::Task)
    }

    /// What the last line says: how things are.
    fn foot(&self) -> String {
        let slug = &self.exercise.slug;
        let solved = self.session.progress.is_solved(slug);
        match (&self.view.doing, self.files.are_watched()) {
            (Some(doing), _) => doing.clone(),
            (None, _) if self.stays => match &self.graded {
                Some(answer) => format!("{slug}: {}, Esc shows it", answer.graded.report.verdict),
                None => format!("{slug}: Esc shows the answer"),
            },
            (None, false) => format!("{slug}: changes are not told here, Enter checks"),
            (None, true) if solved => format!("{slug}: solved"),
            (None, true) => format!("{slug}: checks on each save"),
        }
    }
}
