//! The check that runs, if one does. There is one at most: another one ends it first.

use kata_course::{Exercise, Source};
use kata_grader::{Event, Graded, Grader};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

/// What there is to hear of a check.
pub(super) enum News {
    /// What it is doing.
    Doing(String),
    /// It has ended, and nothing of it runs on.
    Ended(anyhow::Result<Box<Graded>>),
}

/// Checks, one after the other.
pub(super) struct Checks {
    grader: Grader,
    /// Ends the check that runs.
    stop: CancellationToken,
    /// How many were begun. News of an earlier one are old.
    begun: u64,
    /// Those that have not ended yet: the one that runs, and those that are on their way out.
    running: JoinSet<()>,
    tell: UnboundedSender<(u64, News)>,
    told: UnboundedReceiver<(u64, News)>,
}

impl Checks {
    pub(super) fn new(grader: Grader) -> Checks {
        let (tell, told) = unbounded_channel();
        Checks {
            stop: CancellationToken::new(),
            begun: 0,
            running: JoinSet::new(),
            tell,
            told,
            grader,
        }
    }

    /// Ends the check that runs, and begins one of this exercise as it is now.
    pub(super) fn begin(&mut self, exercise: &Exercise) {
        self.stop();
        self.stop = self.grader.cancel.child_token();
        let grader = Grader {
            cancel: self.stop.clone(),
            ..self.grader.clone()
        };
        let (number, tell, exercise) = (self.begun, self.tell.clone(), exercise.clone());
        // Nobody listens any more when the watch is over.
        let say = move |news| drop(tell.send((number, news)));
        say(News::Doing(format!("{}: checking …", exercise.slug)));
        self.running.spawn(async move {
            let event = |event| say(News::Doing(told(event)));
            let graded = grader.grade(&exercise, &Source::Learner, &event).await;
            say(News::Ended(graded.map(Box::new).map_err(Into::into)));
        });
        while self.running.try_join_next().is_some() {}
    }

    /// Ends the check that runs. Nothing more is heard of it.
    pub(super) fn stop(&mut self) {
        self.stop.cancel();
        self.begun += 1;
    }

    /// Waits for news of the check that was begun last.
    pub(super) async fn news(&mut self) -> News {
        loop {
            match self.told.recv().await {
                Some((number, news)) if number == self.begun => return news,
                Some(_) => {}
                None => std::future::pending().await,
            }
        }
    }

    /// Ends what runs, and waits until nothing of it is left.
    pub(super) async fn end(mut self) {
        self.stop();
        while self.running.join_next().await.is_some() {}
    }
}

/// An event, for people.
fn told(event: Event) -> String {
    match event {
        Event::BuildingRuntime { done, total } => {
            format!("building what your code is linked with, once for this toolchain: {done} of {total}")
        }
        Event::WaitingForRuntime => "another kata is building the runtime: waiting for it …".to_owned(),
        Event::RuntimeBuilt => "the runtime is built".to_owned(),
        Event::Compiling { slug } => format!("{slug}: compiling …"),
        Event::Running { slug, done, total } => format!("{slug}: {done} of {total} tests done"),
    }
}
