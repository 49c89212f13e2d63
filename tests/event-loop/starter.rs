//! An event loop: tasks that take turns on one thread, and timers that wake them.

use std::{cell::RefCell, pin::Pin, rc::Rc, time::Duration};

/// The time, and the only way to wait.
pub trait Clock {
    /// How late it is.
    fn now(&self) -> Duration;

    /// Waits until that moment, or, with `None`, for as long as it takes. It returns earlier if something from outside has
    /// woken a task.
    fn sleep_until(&self, moment: Option<Duration>);
}

/// A handle of an event loop; clones are handles of the same loop.
///
/// ```
/// use std::{cell::Cell, rc::Rc, time::Duration};
///
/// use event_loop::{Clock, EventLoop};
///
/// /// A clock that need not wait.
/// #[derive(Clone, Default)]
/// struct Jumps(Rc<Cell<Duration>>);
///
/// impl Clock for Jumps {
///     fn now(&self) -> Duration {
///         self.0.get()
///     }
///
///     fn sleep_until(&self, moment: Option<Duration>) {
///         self.0.set(moment.expect("something is due"));
///     }
/// }
///
/// let clock = Jumps::default();
/// let tasks = EventLoop::new(clock.clone());
/// let inside = tasks.clone();
/// tasks.spawn(async move { inside.sleep(Duration::from_secs(3)).await });
/// tasks.run();
/// assert_eq!(clock.now(), Duration::from_secs(3));
/// ```
pub struct EventLoop<C> {
    shared: Rc<Shared<C>>,
}

struct Shared<C> {
    clock: C,
    tasks: RefCell<Vec<Pin<Box<dyn Future<Output = ()>>>>>,
}

impl<C> Clone for EventLoop<C> {
    fn clone(&self) -> Self {
        Self {
            shared: Rc::clone(&self.shared),
        }
    }
}

impl<C: Clock> EventLoop<C> {
    /// A loop without tasks.
    pub fn new(clock: C) -> Self {
        Self {
            shared: Rc::new(Shared {
                clock,
                tasks: RefCell::default(),
            }),
        }
    }

    /// Adds a task, whose first turn comes after those of all that are ready.
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        self.shared.tasks.borrow_mut().push(Box::pin(future));
    }

    /// A future that is ready so long from now on.
    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + use<C> {
        let _due = self.shared.clock.now() + duration;
        // It does not wait for that moment yet. `use<C>` says that it may not borrow the loop: a clone of the handle may be in it.
        std::future::ready(())
    }

    /// Runs until every task has ended.
    pub fn run(&self) {
        // Who polls these, and when?
        self.shared.tasks.borrow_mut().clear();
    }
}
