//! Random programs over every primitive. What a thread sees goes into its log; the logs and the way a run ends are
//! the program's outcome.

use std::{cell::RefCell, rc::Rc};

use crate::{
    explore::sampled::SplitMix,
    sync::{
        Arc, Barrier, Condvar, Mutex, Once, OnceLock, RwLock, RwLockWriteGuard, TryLockError,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread::{self, Thread},
    time::Duration,
};

/// One operation of a program. The numbers are which object, and a value to tell writes apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Load(usize),
    Store(usize, u64),
    FetchAdd(usize, u64),
    Exchange(usize, u64),
    ExchangeWeak(usize, u64),
    Static(u64),
    Lock(usize, u64),
    LockRead(usize),
    LockBoth(usize, u64),
    TryLock(usize, u64),
    PanicHolding(usize),
    IsPoisoned(usize),
    Read,
    ReadTwice,
    Write(u64),
    TryRead,
    TryWrite(u64),
    Downgrade(u64),
    Wait,
    WaitTimeout,
    WaitWhile,
    NotifyOne,
    NotifyAll,
    SetAndNotify(u64),
    Barrier,
    CallOnce(u64),
    IsCompleted,
    OnceSet(u64),
    OnceGet,
    OnceWait,
    Send(u64),
    TrySend(u64),
    Receive,
    ReceiveTimeout,
    TryReceive,
    PoolReceive,
    DropSender,
    DropReceiver,
    Park,
    ParkTimeout,
    Unpark,
    IsFinished,
    Join,
    Grandchild(usize, u64),
    Scope(usize, u64),
    Sleep,
}

/// Makes an operation on an object, with a value.
type Draw = fn(usize, u64) -> Op;

/// What the operations of a program are drawn from.
const THEMES: [&[Draw]; 10] = [
    &[Op::load, Op::Store, Op::FetchAdd, Op::Exchange, Op::fixed_static],
    &[Op::Lock, Op::lock_read, Op::LockBoth, Op::TryLock],
    &[Op::Lock, Op::panic_holding, Op::is_poisoned, Op::TryLock],
    &[
        Op::read,
        Op::read_twice,
        Op::write,
        Op::try_read,
        Op::try_write,
        Op::downgrade,
    ],
    &[
        Op::wait,
        Op::wait_timeout,
        Op::wait_while,
        Op::notify_one,
        Op::notify_one,
        Op::notify_all,
        Op::set_and_notify,
    ],
    &[
        Op::barrier,
        Op::call_once,
        Op::is_completed,
        Op::once_set,
        Op::once_get,
        Op::once_wait,
    ],
    &[
        Op::send,
        Op::send,
        Op::try_send,
        Op::receive,
        Op::receive_timeout,
        Op::try_receive,
        Op::drop_sender,
        Op::drop_receiver,
    ],
    &[
        Op::park,
        Op::park_timeout,
        Op::unpark,
        Op::unpark,
        Op::sleep,
        Op::FetchAdd,
    ],
    &[
        Op::is_finished,
        Op::join,
        Op::Grandchild,
        Op::Scope,
        Op::FetchAdd,
        Op::ExchangeWeak,
    ],
    &[
        Op::pool_receive,
        Op::pool_receive,
        Op::send,
        Op::send,
        Op::drop_sender,
    ],
];

macro_rules! drawn {
    ($($name:ident $op:expr),* $(,)?) => {
        impl Op { $( fn $name(object: usize, value: u64) -> Op { let _ = (object, value); ($op)(object, value) } )* }
    };
}

drawn!(
    pool_receive | _,
    _ | Op::PoolReceive,
    load | object,
    _ | Op::Load(object),
    fixed_static | _,
    value | Op::Static(value),
    lock_read | object,
    _ | Op::LockRead(object),
    panic_holding | object,
    _ | Op::PanicHolding(object),
    is_poisoned | object,
    _ | Op::IsPoisoned(object),
    read | _,
    _ | Op::Read,
    read_twice | _,
    _ | Op::ReadTwice,
    write | _,
    value | Op::Write(value),
    try_read | _,
    _ | Op::TryRead,
    try_write | _,
    value | Op::TryWrite(value),
    downgrade | _,
    value | Op::Downgrade(value),
    wait | _,
    _ | Op::Wait,
    wait_timeout | _,
    _ | Op::WaitTimeout,
    wait_while | _,
    _ | Op::WaitWhile,
    notify_one | _,
    _ | Op::NotifyOne,
    notify_all | _,
    _ | Op::NotifyAll,
    set_and_notify | _,
    value | Op::SetAndNotify(value),
    barrier | _,
    _ | Op::Barrier,
    call_once | _,
    value | Op::CallOnce(value),
    is_completed | _,
    _ | Op::IsCompleted,
    once_set | _,
    value | Op::OnceSet(value),
    once_get | _,
    _ | Op::OnceGet,
    once_wait | _,
    _ | Op::OnceWait,
    send | _,
    value | Op::Send(value),
    try_send | _,
    value | Op::TrySend(value),
    receive | _,
    _ | Op::Receive,
    receive_timeout | _,
    _ | Op::ReceiveTimeout,
    try_receive | _,
    _ | Op::TryReceive,
    drop_sender | _,
    _ | Op::DropSender,
    drop_receiver | _,
    _ | Op::DropReceiver,
    park | _,
    _ | Op::Park,
    park_timeout | _,
    _ | Op::ParkTimeout,
    unpark | _,
    _ | Op::Unpark,
    is_finished | _,
    _ | Op::IsFinished,
    join | _,
    _ | Op::Join,
    sleep | _,
    _ | Op::Sleep,
);

/// A program: the operations of the root and of its children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) threads: Vec<Vec<Op>>,
    /// The bound of the channel.
    pub(super) bound: Option<usize>,
    /// How often each thread may wake spuriously.
    pub(super) spurious: u32,
}

impl Program {
    /// The program of a seed.
    pub(super) fn random(seed: u64) -> Program {
        let mut random = SplitMix(seed);
        let mut kinds = THEMES[random.below(THEMES.len())].to_vec();
        if random.below(3) == 0 {
            kinds.extend(THEMES[random.below(THEMES.len())]);
        }
        let count = 2 + random.below(2);
        let threads = (0..count)
            .map(|thread| {
                let length = match (count, thread) {
                    (2, _) => 1 + random.below(3),
                    (_, 0) => random.below(3),
                    _ => 1 + random.below(2),
                };
                (0..length)
                    .map(|index| {
                        let kind = kinds[random.below(kinds.len())];
                        kind(random.below(2), (1 + thread * 10 + index) as u64)
                    })
                    .collect()
            })
            .collect();
        Program {
            threads,
            bound: [None, Some(0), Some(1)][random.below(3)],
            spurious: u32::from(random.below(4) == 0),
        }
    }

    fn uses(&self, test: fn(&Op) -> bool) -> bool {
        self.threads.iter().flatten().any(test)
    }
}

/// What each thread saw, by its place in the program.
pub(super) type Logs = Rc<RefCell<Vec<Vec<u64>>>>;

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

struct Shared {
    atomics: [AtomicU64; 2],
    mutexes: [Mutex<u64>; 2],
    lock: RwLock<u64>,
    condvar: Condvar,
    flag: AtomicBool,
    barrier: Barrier,
    once: Once,
    cell: OnceLock<u64>,
    /// The receiver, where all threads take their turns at it.
    pool: Mutex<Option<Receiver<u64>>>,
    root: Thread,
}

struct Actor {
    shared: Arc<Shared>,
    logs: Logs,
    place: usize,
    sender: Option<AnySender>,
    receiver: Option<Receiver<u64>>,
    children: Vec<Option<thread::JoinHandle<()>>>,
    friends: Vec<Thread>,
}

/// Model threads all run on one operating-system thread, so the log may go with them.
struct Carried<T>(T);
// SAFETY: see above.
unsafe impl<T> Send for Carried<T> {}

static COUNT: AtomicU64 = AtomicU64::new(5);

/// Runs a program; to be called as a scenario.
pub(super) fn run(program: &Program, logs: &Logs) {
    let (sender, mut receiver) = if program.uses(Op::is_channel) {
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
    } else {
        (None, None)
    };
    let shared = Arc::new(Shared {
        atomics: [AtomicU64::new(0), AtomicU64::new(0)],
        mutexes: [Mutex::new(0), Mutex::new(0)],
        lock: RwLock::new(0),
        condvar: Condvar::new(),
        flag: AtomicBool::new(false),
        barrier: Barrier::new(2),
        once: Once::new(),
        cell: OnceLock::new(),
        pool: Mutex::new(None),
        root: thread::current(),
    });
    if program.uses(|op| *op == Op::PoolReceive) {
        *shared.pool.lock().unwrap() = receiver.take();
    }
    let actor = |place, receiver| Actor {
        shared: Arc::clone(&shared),
        logs: Rc::clone(logs),
        place,
        sender: sender.as_ref().map(AnySender::again),
        receiver,
        children: Vec::new(),
        friends: Vec::new(),
    };
    let mut root = actor(0, receiver);
    for (place, ops) in program.threads.iter().enumerate().skip(1) {
        let carried = Carried((actor(place, None), ops.clone()));
        let handle = thread::spawn(move || {
            let carried = carried;
            let Carried((mut actor, ops)) = carried;
            ops.iter().for_each(|op| actor.act(*op));
        });
        root.friends.push(handle.thread().clone());
        root.children.push(Some(handle));
    }
    drop(sender);
    program.threads[0].iter().for_each(|op| root.act(*op));
}

impl Op {
    fn is_channel(&self) -> bool {
        matches!(
            self,
            Op::Send(_)
                | Op::TrySend(_)
                | Op::Receive
                | Op::ReceiveTimeout
                | Op::TryReceive
                | Op::PoolReceive
                | Op::DropSender
                | Op::DropReceiver
        )
    }
}

/// Stands in a log for what has no value.
const NONE: u64 = 1_000;

/// Long enough; only the virtual clock waits.
const LIMIT: Duration = Duration::from_millis(10);

impl Actor {
    fn log(&self, value: u64) {
        self.logs.borrow_mut()[self.place].push(value);
    }

    fn act(&mut self, op: Op) {
        let shared = Arc::clone(&self.shared);
        match op {
            Op::Load(object) => self.log(shared.atomics[object].load(SeqCst)),
            Op::Store(object, value) => shared.atomics[object].store(value, SeqCst),
            Op::FetchAdd(object, value) => self.log(shared.atomics[object].fetch_add(value, SeqCst)),
            Op::Exchange(object, value) => {
                let result = shared.atomics[object].compare_exchange(0, value, SeqCst, SeqCst);
                self.log(result.unwrap_or_else(|found| found + NONE));
            }
            Op::ExchangeWeak(object, value) => {
                let result = shared.atomics[object].compare_exchange_weak(0, value, SeqCst, SeqCst);
                self.log(result.unwrap_or_else(|found| found + NONE));
            }
            Op::Static(value) => self.log(COUNT.fetch_add(value, SeqCst)),
            Op::Lock(object, value) => match shared.mutexes[object].lock() {
                Ok(mut guard) => *guard = *guard * 3 + value,
                Err(_) => self.log(NONE),
            },
            Op::LockRead(object) => {
                let guard = shared.mutexes[object].lock().unwrap();
                self.log(*guard);
                self.log(shared.atomics[object].load(SeqCst));
            }
            Op::LockBoth(object, value) => {
                let first = shared.mutexes[object].lock().unwrap();
                let mut second = shared.mutexes[1 - object].lock().unwrap();
                *second = *second * 5 + *first + value;
            }
            Op::TryLock(object, value) => match shared.mutexes[object].try_lock() {
                Ok(mut guard) => {
                    self.log(*guard);
                    *guard = *guard * 7 + value;
                }
                Err(TryLockError::WouldBlock) => self.log(NONE),
                Err(TryLockError::Poisoned(_)) => self.log(NONE + 1),
            },
            Op::PanicHolding(object) => {
                let guard = shared.mutexes[object].lock();
                let _guard = guard.unwrap_or_else(|poisoned| poisoned.into_inner());
                panic!("on purpose");
            }
            Op::IsPoisoned(object) => self.log(u64::from(shared.mutexes[object].is_poisoned())),
            _ => self.act_on_locks(op),
        }
    }

    fn act_on_locks(&mut self, op: Op) {
        let shared = Arc::clone(&self.shared);
        match op {
            Op::Read => self.log(*shared.lock.read().unwrap()),
            Op::ReadTwice => {
                let first = shared.lock.read().unwrap();
                let second = shared.lock.read().unwrap();
                self.log(*first + *second);
            }
            Op::Write(value) => {
                let mut guard = shared.lock.write().unwrap();
                *guard = *guard * 3 + value;
            }
            Op::TryRead => self.log(shared.lock.try_read().map_or(NONE, |guard| *guard)),
            Op::TryWrite(value) => match shared.lock.try_write() {
                Ok(mut guard) => *guard += value,
                Err(_) => self.log(NONE),
            },
            Op::Downgrade(value) => {
                let mut guard = shared.lock.write().unwrap();
                *guard += value;
                let guard = RwLockWriteGuard::downgrade(guard);
                self.log(*guard);
            }
            Op::Wait => {
                let guard = shared.mutexes[0].lock().unwrap();
                self.log(*shared.condvar.wait(guard).unwrap());
            }
            Op::WaitTimeout => {
                let guard = shared.mutexes[0].lock().unwrap();
                let (guard, result) = shared.condvar.wait_timeout(guard, LIMIT).unwrap();
                self.log(*guard);
                self.log(u64::from(result.timed_out()));
            }
            Op::WaitWhile => {
                let guard = shared.mutexes[0].lock().unwrap();
                self.log(*shared.condvar.wait_while(guard, |value| *value == 0).unwrap());
            }
            Op::NotifyOne => shared.condvar.notify_one(),
            Op::NotifyAll => shared.condvar.notify_all(),
            Op::SetAndNotify(value) => {
                let mut guard = shared.mutexes[0].lock().unwrap();
                *guard = *guard * 3 + value;
                shared.condvar.notify_one();
            }
            Op::Barrier => self.log(u64::from(shared.barrier.wait().is_leader())),
            Op::CallOnce(value) => {
                shared.once.call_once(|| shared.flag.store(true, SeqCst));
                self.log(value);
            }
            Op::IsCompleted => {
                self.log(u64::from(shared.once.is_completed()));
                self.log(u64::from(shared.flag.load(SeqCst)));
            }
            Op::OnceSet(value) => self.log(u64::from(shared.cell.set(value).is_ok())),
            Op::OnceGet => self.log(shared.cell.get().copied().unwrap_or(NONE)),
            Op::OnceWait => self.log(*shared.cell.wait()),
            _ => self.act_on_threads(op),
        }
    }

    fn act_on_threads(&mut self, op: Op) {
        let shared = Arc::clone(&self.shared);
        match op {
            Op::Send(value) => {
                let sent = match &self.sender {
                    None => return,
                    Some(AnySender::Unbounded(sender)) => sender.send(value).is_ok(),
                    Some(AnySender::Bounded(sender)) => sender.send(value).is_ok(),
                };
                self.log(u64::from(sent));
            }
            Op::TrySend(value) => match &self.sender {
                None => {}
                Some(AnySender::Unbounded(sender)) => self.log(u64::from(sender.send(value).is_ok())),
                Some(AnySender::Bounded(sender)) => self.log(u64::from(sender.try_send(value).is_ok())),
            },
            Op::Receive | Op::ReceiveTimeout | Op::TryReceive => {
                let Some(receiver) = &self.receiver else { return };
                let received = match op {
                    Op::Receive => {
                        self.sender = None;
                        receiver.recv().ok()
                    }
                    Op::ReceiveTimeout => receiver.recv_timeout(LIMIT).ok(),
                    _ => receiver.try_recv().ok(),
                };
                self.log(received.unwrap_or(NONE));
            }
            Op::PoolReceive => {
                self.sender = None;
                let pool = shared.pool.lock().unwrap();
                let received = pool.as_ref().and_then(|receiver| receiver.recv().ok());
                self.log(received.unwrap_or(NONE));
            }
            Op::DropSender => self.sender = None,
            Op::DropReceiver => self.receiver = None,
            Op::Park => thread::park(),
            Op::ParkTimeout => {
                thread::park_timeout(LIMIT);
                self.log(shared.atomics[0].load(SeqCst));
            }
            Op::Unpark => match self.friends.first() {
                Some(child) => child.unpark(),
                None => shared.root.unpark(),
            },
            Op::IsFinished => {
                if let Some(Some(child)) = self.children.first() {
                    self.log(u64::from(child.is_finished()));
                }
            }
            Op::Join => {
                let child = self.children.iter_mut().find_map(Option::take);
                if let Some(child) = child {
                    self.log(u64::from(child.join().is_err()));
                }
            }
            Op::Grandchild(object, value) => {
                let theirs = Arc::clone(&shared);
                let child = thread::spawn(move || theirs.atomics[object].fetch_add(value, SeqCst));
                self.log(shared.atomics[object].load(SeqCst));
                self.log(child.join().unwrap());
            }
            Op::Scope(object, value) => {
                let shared = &shared;
                let seen = thread::scope(|scope| {
                    let child = scope.spawn(move || shared.atomics[object].swap(value, SeqCst));
                    drop(child);
                    shared.atomics[object].load(SeqCst)
                });
                self.log(seen);
            }
            Op::Sleep => thread::sleep(LIMIT),
            other => unreachable!("{other:?} is done elsewhere"),
        }
    }
}
