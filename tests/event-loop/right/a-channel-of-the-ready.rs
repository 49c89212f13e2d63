//! With a channel for the tasks that are ready, and a flag in each waker.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    pin::Pin,
    rc::Rc,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
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
    ready: Ready,
}

struct State {
    tasks: BTreeMap<u64, Task>,
    next_task: u64,
    timers: BTreeMap<(Duration, u64), Waker>,
    next_timer: u64,
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

struct Ready {
    send: mpsc::Sender<Arc<TaskWaker>>,
    order: Mutex<mpsc::Receiver<Arc<TaskWaker>>>,
}

impl Default for Ready {
    fn default() -> Self {
        let (send, order) = mpsc::channel();
        Ready {
            send,
            order: Mutex::new(order),
        }
    }
}

impl Ready {
    fn pop(&self) -> Option<Arc<TaskWaker>> {
        let order = self.order.lock().expect("nobody panics under it");
        let task = order.try_recv().ok()?;
        task.queued.store(false, Ordering::SeqCst);
        Some(task)
    }
}

struct TaskWaker {
    task: u64,
    queued: AtomicBool,
    send: Mutex<mpsc::Sender<Arc<TaskWaker>>>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, Ordering::SeqCst) {
            let send = self.send.lock().expect("nobody panics under it");
            send.send(Arc::clone(&self)).ok();
        }
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
                ready: Ready::default(),
            }),
        }
    }

    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let mut state = self.shared.state.borrow_mut();
        let task = state.next_task;
        state.next_task += 1;
        state.tasks.insert(task, Box::pin(future));
        let send = self.shared.ready.send.clone();
        let waker = Arc::new(TaskWaker {
            task,
            queued: AtomicBool::new(false),
            send: Mutex::new(send),
        });
        waker.wake();
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

    fn turn(&self, woken: Arc<TaskWaker>) {
        let task = woken.task;
        let taken = self.shared.state.borrow_mut().tasks.remove(&task);
        let Some(mut future) = taken else { return };
        let waker = Waker::from(woken);
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
