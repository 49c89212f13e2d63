//! An event loop: tasks that take turns on one thread, and timers that wake them.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, VecDeque},
    pin::Pin,
    rc::Rc,
    sync::{Arc, Mutex},
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

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
    state: RefCell<State>,
    ready: Arc<Ready>,
}

struct State {
    /// The tasks that have not ended, by a number that is never used again.
    tasks: BTreeMap<u64, Task>,
    next_task: u64,
    /// The timers by when they are due, and among these by when they were made.
    timers: BTreeMap<(Duration, u64), Waker>,
    next_timer: u64,
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// The tasks that are to be polled. Wakers know it, and nothing else of the loop.
#[derive(Default)]
struct Ready(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    order: VecDeque<u64>,
    /// Who is in it: once is enough.
    queued: BTreeSet<u64>,
}

impl Ready {
    fn push(&self, task: u64) {
        let mut queue = self.0.lock().expect("nobody panics under it");
        if queue.queued.insert(task) {
            queue.order.push_back(task);
        }
    }

    /// From here on, another wake-up is a reason for another turn.
    fn pop(&self) -> Option<u64> {
        let mut queue = self.0.lock().expect("nobody panics under it");
        let task = queue.order.pop_front()?;
        queue.queued.remove(&task);
        Some(task)
    }
}

struct TaskWaker {
    task: u64,
    ready: Arc<Ready>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.ready.push(self.task);
    }
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
                state: RefCell::new(State {
                    tasks: BTreeMap::new(),
                    next_task: 0,
                    timers: BTreeMap::new(),
                    next_timer: 0,
                }),
                ready: Arc::default(),
            }),
        }
    }

    /// Adds a task, whose first turn comes after those of all that are ready.
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let mut state = self.shared.state.borrow_mut();
        let task = state.next_task;
        state.next_task += 1;
        state.tasks.insert(task, Box::pin(future));
        self.shared.ready.push(task);
    }

    /// A future that is ready so long from now on.
    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + use<C> {
        let mut state = self.shared.state.borrow_mut();
        let key = (self.shared.clock.now() + duration, state.next_timer);
        state.next_timer += 1;
        Sleep {
            key,
            shared: Rc::clone(&self.shared),
        }
    }

    /// Runs until every task has ended.
    pub fn run(&self) {
        loop {
            while let Some(task) = self.shared.ready.pop() {
                self.turn(task);
            }
            let due = {
                let state = self.shared.state.borrow();
                if state.tasks.is_empty() {
                    return;
                }
                state.timers.first_key_value().map(|((due, _), _)| *due)
            };
            self.shared.clock.sleep_until(due);
            self.fire();
        }
    }

    /// Polls a task once. It is taken out meanwhile: its code may spawn, and sleep.
    fn turn(&self, task: u64) {
        let taken = self.shared.state.borrow_mut().tasks.remove(&task);
        // A waker may outlive its task.
        let Some(mut future) = taken else { return };
        let waker = Waker::from(Arc::new(TaskWaker {
            task,
            ready: Arc::clone(&self.shared.ready),
        }));
        if future
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
            .is_pending()
        {
            self.shared.state.borrow_mut().tasks.insert(task, future);
        }
    }

    /// Wakes whoever waits for a timer that is due.
    fn fire(&self) {
        let now = self.shared.clock.now();
        loop {
            let mut state = self.shared.state.borrow_mut();
            match state.timers.first_entry() {
                Some(timer) if timer.key().0 <= now => {
                    let waker = timer.remove();
                    drop(state);
                    waker.wake();
                }
                _ => return,
            }
        }
    }
}

/// A timer. It is in the loop's list from its first poll until it is due, or dropped.
struct Sleep<C> {
    key: (Duration, u64),
    shared: Rc<Shared<C>>,
}

impl<C: Clock> Future for Sleep<C> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.shared.clock.now() >= self.key.0 {
            return Poll::Ready(());
        }
        let mut state = self.shared.state.borrow_mut();
        state.timers.insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

impl<C> Drop for Sleep<C> {
    fn drop(&mut self) {
        self.shared.state.borrow_mut().timers.remove(&self.key);
    }
}
