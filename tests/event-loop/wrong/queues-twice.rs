//! Queues a task as often as it is woken.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, VecDeque},
    pin::Pin,
    rc::Rc,
    sync::{Arc, Mutex},
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

pub trait Clock {
    fn now(&self) -> Duration;

    fn sleep_until(&self, moment: Option<Duration>);
}

pub struct EventLoop<C> {
    shared: Rc<Shared<C>>,
}

struct Shared<C> {
    clock: C,
    state: RefCell<State>,
    ready: Arc<Ready>,
}

struct State {
    tasks: BTreeMap<u64, Task>,
    next_task: u64,
    timers: BTreeMap<(Duration, u64), Waker>,
    next_timer: u64,
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Default)]
struct Ready(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    order: VecDeque<u64>,
    queued: BTreeSet<u64>,
}

impl Ready {
    fn push(&self, task: u64) {
        let mut queue = self.0.lock().expect("nobody panics under it");
        queue.queued.insert(task);
        queue.order.push_back(task);
    }

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

    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let mut state = self.shared.state.borrow_mut();
        let task = state.next_task;
        state.next_task += 1;
        state.tasks.insert(task, Box::pin(future));
        self.shared.ready.push(task);
    }

    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + use<C> {
        let mut state = self.shared.state.borrow_mut();
        let key = (self.shared.clock.now() + duration, state.next_timer);
        state.next_timer += 1;
        Sleep {
            key,
            shared: Rc::clone(&self.shared),
        }
    }

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

    fn turn(&self, task: u64) {
        let taken = self.shared.state.borrow_mut().tasks.remove(&task);
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
