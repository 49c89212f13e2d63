//! Runs a random program on the model. What a thread sees goes into its log.

mod locks;
mod threads;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
};

use super::program::{Kind, Op, Program};
use crate::{
    sync::{
        Arc, Barrier, Condvar, LazyLock, Mutex, MutexGuard, Once, OnceLock, RwLock, RwLockReadGuard,
        RwLockWriteGuard,
        atomic::{AtomicU64, Ordering::SeqCst},
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread::{self, Thread},
    time::{Duration, Instant},
};

/// Stands in a log for what has no value; what is poisoned; the end of a thread; a panic.
pub(super) const NONE: u64 = 1_000;
pub(super) const POISONED: u64 = 2_000;
pub(super) const ENDED: u64 = 3_000;
pub(super) const PANICS: u64 = 4_000;

/// Long enough; only the virtual clock waits.
const LIMIT: Duration = Duration::from_millis(10);

/// What an execution of a program leaves.
#[derive(Default)]
pub(super) struct Seen {
    /// By the thread's place in the program.
    logs: RefCell<Vec<Vec<u64>>>,
    shared: Cell<Option<Arc<Shared>>>,
    /// Which kinds of operation were done, over all executions.
    pub(super) done: RefCell<BTreeSet<Kind>>,
}

impl Seen {
    /// Whether the thread at this place saw just this.
    pub(super) fn saw(&self, place: usize, log: &[u64]) -> bool {
        self.logs.borrow()[place] == log
    }

    /// What each thread saw, and last what the objects hold: [`NONE`] where a lock is held for ever.
    pub(super) fn outcome(&self) -> Vec<Vec<u64>> {
        let mut outcome = self.logs.take();
        if let Some(shared) = self.shared.take() {
            let mut values: Vec<u64> = shared.atomics.iter().map(|atomic| atomic.load(SeqCst)).collect();
            values.extend(shared.mutexes.iter().map(|mutex| match mutex.try_lock() {
                Ok(guard) => *guard,
                Err(std::sync::TryLockError::Poisoned(poisoned)) => *poisoned.into_inner(),
                Err(std::sync::TryLockError::WouldBlock) => NONE,
            }));
            values.push(match shared.lock.try_read() {
                Ok(guard) => *guard,
                Err(std::sync::TryLockError::Poisoned(poisoned)) => *poisoned.into_inner(),
                Err(std::sync::TryLockError::WouldBlock) => NONE,
            });
            outcome.push(values);
        }
        outcome
    }
}

enum AnySender {
    Unbounded(Sender<u64>),
    Bounded(SyncSender<u64>),
}

impl AnySender {
    fn again(&self) -> Self {
        match self {
            AnySender::Unbounded(sender) => AnySender::Unbounded(sender.clone()),
            AnySender::Bounded(sender) => AnySender::Bounded(sender.clone()),
        }
    }
}

type Make = Box<dyn FnOnce() -> u64 + Send>;

struct Shared {
    atomics: Arc<[AtomicU64; 2]>,
    mutexes: [Mutex<u64>; 2],
    lock: RwLock<u64>,
    condvar: Condvar,
    barrier: Barrier,
    once: Once,
    cell: OnceLock<u64>,
    lazy: LazyLock<u64, Make>,
    /// The receiver, where all threads take their turns at it.
    pool: Mutex<Option<Receiver<u64>>>,
    root: Thread,
    start: Option<Instant>,
}

/// A thread of a program. What it holds is dropped in this order when it ends.
struct Actor<'a> {
    shared: &'a Shared,
    seen: Rc<Seen>,
    place: usize,
    guards: [Option<MutexGuard<'a, u64>>; 2],
    reads: Vec<RwLockReadGuard<'a, u64>>,
    write: Option<RwLockWriteGuard<'a, u64>>,
    sender: Option<AnySender>,
    receiver: Option<Receiver<u64>>,
    children: Vec<Option<thread::JoinHandle<()>>>,
    friends: Vec<Thread>,
}

/// Model threads all run on one operating-system thread, so what is seen may go with them.
struct Carried<T>(T);
// SAFETY: see above.
unsafe impl<T> Send for Carried<T> {}

static COUNT: AtomicU64 = AtomicU64::new(5);

/// A value per thread, whose destructor can be noticed.
struct Local(Cell<u64>);

impl Drop for Local {
    fn drop(&mut self) {
        COUNT.fetch_add(self.0.get(), SeqCst);
    }
}

crate::thread_local! {
    static LOCAL: Local = const { Local(Cell::new(0)) };
}

/// Runs a program; to be called as a scenario.
pub(super) fn run(program: &Program, seen: &Rc<Seen>) {
    seen.logs.replace(vec![Vec::new(); program.threads.len()]);
    let (sender, mut receiver) = channel_of(program);
    let atomics = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
    let theirs = Arc::clone(&atomics);
    let shared = Arc::new(Shared {
        atomics,
        mutexes: [Mutex::new(0), Mutex::new(0)],
        lock: RwLock::new(0),
        condvar: Condvar::new(),
        barrier: Barrier::new(program.size),
        once: Once::new(),
        cell: OnceLock::new(),
        lazy: LazyLock::new(Box::new(move || theirs[0].fetch_add(50, SeqCst))),
        pool: Mutex::new(None),
        root: thread::current(),
        start: program.reads_clock().then(Instant::now),
    });
    let pooled = program.has(&[Kind::PoolReceive]);
    if pooled {
        *shared.pool.lock().unwrap() = receiver.take();
    }
    seen.shared.set(Some(Arc::clone(&shared)));
    let mut ends = |place| {
        let receiver = (place == program.owner).then(|| receiver.take()).flatten();
        let sends = pooled || program.owner_sends || place != program.owner;
        let sender = sender.as_ref().filter(|_| sends).map(AnySender::again);
        (sender, receiver)
    };
    let (own_sender, own_receiver) = ends(0);
    let (mut children, mut friends) = (Vec::new(), Vec::new());
    for (place, ops) in program.threads.iter().enumerate().skip(1) {
        let (sender, receiver) = ends(place);
        let carried = Carried((
            Arc::clone(&shared),
            Rc::clone(seen),
            sender,
            receiver,
            ops.clone(),
        ));
        let handle = thread::spawn(move || {
            let carried = carried;
            let Carried((shared, seen, sender, receiver, ops)) = carried;
            let mut actor = Actor::new(&shared, Rc::clone(&seen), place, sender, receiver);
            ops.iter().for_each(|op| actor.act(*op));
            drop(actor);
            seen.logs.borrow_mut()[place].push(ENDED);
        });
        friends.push(handle.thread().clone());
        children.push(Some(handle));
    }
    drop(sender);
    let mut root = Actor::new(&shared, Rc::clone(seen), 0, own_sender, own_receiver);
    (root.children, root.friends) = (children, friends);
    program.threads[0].iter().for_each(|op| root.act(*op));
    drop(root);
    seen.logs.borrow_mut()[0].push(ENDED);
}

fn channel_of(program: &Program) -> (Option<AnySender>, Option<Receiver<u64>>) {
    if !program.has_channel() {
        return (None, None);
    }
    match program.bound {
        None => {
            let (sender, receiver) = channel();
            (Some(AnySender::Unbounded(sender)), Some(receiver))
        }
        Some(bound) => {
            let (sender, receiver) = sync_channel(bound);
            (Some(AnySender::Bounded(sender)), Some(receiver))
        }
    }
}

impl<'a> Actor<'a> {
    fn new(
        shared: &'a Shared,
        seen: Rc<Seen>,
        place: usize,
        sender: Option<AnySender>,
        receiver: Option<Receiver<u64>>,
    ) -> Self {
        Actor {
            shared,
            seen,
            place,
            guards: [None, None],
            reads: Vec::new(),
            write: None,
            sender,
            receiver,
            children: Vec::new(),
            friends: Vec::new(),
        }
    }

    fn log(&self, value: u64) {
        self.seen.logs.borrow_mut()[self.place].push(value);
    }

    /// Does an operation, or nothing where it makes no sense: what is not held cannot be given back.
    fn act(&mut self, op: Op) {
        if self.on_atomics(op) || self.on_locks(op) || self.on_threads(op) {
            self.seen.done.borrow_mut().insert(op.kind);
        }
    }

    fn on_atomics(&self, op: Op) -> bool {
        let atomic = &self.shared.atomics[op.object];
        let value = op.value;
        match op.kind {
            Kind::Load => self.log(atomic.load(SeqCst)),
            Kind::Store => atomic.store(value, SeqCst),
            Kind::Swap => self.log(atomic.swap(value, SeqCst)),
            Kind::Add => self.log(atomic.fetch_add(value, SeqCst)),
            Kind::Exchange => {
                let result = atomic.compare_exchange(0, value, SeqCst, SeqCst);
                self.log(result.unwrap_or_else(|found| found + NONE));
            }
            Kind::ExchangeWeak => {
                let result = atomic.compare_exchange_weak(0, value, SeqCst, SeqCst);
                self.log(result.unwrap_or_else(|found| found + NONE));
            }
            Kind::Update => {
                let old = atomic.fetch_update(SeqCst, SeqCst, |old| Some(old * 2 + value));
                self.log(old.unwrap_or(NONE));
            }
            Kind::Static => self.log(COUNT.fetch_add(value, SeqCst)),
            Kind::Spin => {
                let mut found = atomic.load(SeqCst);
                if found == 0 {
                    crate::hint::spin_loop();
                    found = atomic.load(SeqCst);
                }
                self.log(found);
            }
            _ => return false,
        }
        true
    }
}
