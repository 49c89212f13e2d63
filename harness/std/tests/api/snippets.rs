// Every public function of the modules that the facade replaces, each line a snippet that is compiled and run on the
// real std and on the facade. The two must print the same.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, Location, RefUnwindSafe, UnwindSafe};
use std::sync::atomic::{self, *};
use std::sync::mpsc::{self, RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};
use std::sync::*;
use std::thread::{self, Builder, JoinHandle, LocalKey, Scope, ScopedJoinHandle, Thread, ThreadId};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

macro_rules! show {
    ($($snippet:expr;)*) => { $( println!("{} => {:?}", stringify!($snippet), $snippet); )* };
}

const MS: Duration = Duration::from_millis(1);
const LONG: Duration = Duration::from_secs(60);

/// Whether a type has a trait: an inherent constant comes before that of a trait.
macro_rules! has {
    ($type:ty: $trait:path) => {{
        #[allow(dead_code)]
        struct Probe<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code)]
        trait Absent { const HAS: bool = false; }
        impl<T: ?Sized> Absent for T {}
        #[allow(dead_code)]
        impl<T: ?Sized + $trait> Probe<T> { const HAS: bool = true; }
        <Probe<$type>>::HAS
    }};
}

macro_rules! traits {
    ($($type:ty;)*) => { $(
        println!(
            "{}: Send {} Sync {} Unpin {} UnwindSafe {} RefUnwindSafe {} Debug {} Display {} Default {} Clone {} Copy {} PartialEq {} Ord {} Hash {} From {} Error {} Iterator {}",
            stringify!($type), has!($type: Send), has!($type: Sync), has!($type: Unpin), has!($type: UnwindSafe),
            has!($type: RefUnwindSafe), has!($type: std::fmt::Debug), has!($type: std::fmt::Display), has!($type: Default),
            has!($type: Clone), has!($type: Copy), has!($type: PartialEq), has!($type: Ord), has!($type: std::hash::Hash),
            has!($type: From<u8>), has!($type: std::error::Error), has!($type: Iterator),
        );
    )* };
}

type Raw = *const u8;
type Guard = MutexGuard<'static, u8>;

fn implementations() {
    traits! {
        Mutex<u8>; Mutex<Raw>; Mutex<Cell<u8>>; Mutex<dyn std::fmt::Debug + Send>;
        Guard; MutexGuard<'static, Cell<u8>>; MutexGuard<'static, Raw>;
        RwLock<u8>; RwLock<Cell<u8>>; RwLock<Raw>;
        RwLockReadGuard<'static, u8>; RwLockReadGuard<'static, Cell<u8>>;
        RwLockWriteGuard<'static, u8>; RwLockWriteGuard<'static, Cell<u8>>;
        Condvar; WaitTimeoutResult; Barrier; BarrierWaitResult; Once; OnceState;
        OnceLock<u8>; OnceLock<Cell<u8>>; OnceLock<Raw>; OnceLock<Guard>;
        LazyLock<u8>; LazyLock<Cell<u8>>; LazyLock<Raw>; LazyLock<u8, Cell<u8>>;
        AtomicBool; AtomicU8; AtomicI64; AtomicUsize; AtomicPtr<u8>; AtomicPtr<Cell<u8>>;
        mpsc::Sender<u8>; mpsc::Sender<Raw>; mpsc::SyncSender<u8>; mpsc::SyncSender<Raw>; mpsc::Receiver<u8>; mpsc::Receiver<Raw>;
        mpsc::Iter<'static, u8>; mpsc::TryIter<'static, u8>; mpsc::IntoIter<u8>;
        Thread; ThreadId; Builder; JoinHandle<u8>; JoinHandle<Raw>; ScopedJoinHandle<'static, u8>; ScopedJoinHandle<'static, Raw>;
        Scope<'static, 'static>; LocalKey<u8>; LocalKey<Raw>; thread::AccessError; Instant;
    }
}

fn poisoned<T: Send + 'static>(lock: Arc<Mutex<T>>) -> Arc<Mutex<T>> {
    let theirs = Arc::clone(&lock);
    let _ = thread::spawn(move || { let _guard = theirs.lock().unwrap(); panic!("poison"); }).join();
    lock
}
fn poisoned_rw() -> Arc<RwLock<i32>> {
    let lock = Arc::new(RwLock::new(5));
    let theirs = Arc::clone(&lock);
    let _ = thread::spawn(move || { let _guard = theirs.write().unwrap(); panic!("poison"); }).join();
    lock
}

static MUTEX: Mutex<Vec<i32>> = Mutex::new(Vec::new());
static LOCK: RwLock<i32> = RwLock::new(1);
static CONDVAR: Condvar = Condvar::new();
static BARRIER: Barrier = Barrier::new(1);
static ONCE: Once = Once::new();
static CELL: OnceLock<String> = OnceLock::new();
static LAZY: LazyLock<Vec<i32>> = LazyLock::new(|| vec![1, 2, 3]);
static COUNT: AtomicUsize = AtomicUsize::new(3);
static FLAG: AtomicBool = AtomicBool::new(false);
static POINTER: AtomicPtr<i32> = AtomicPtr::new(std::ptr::null_mut());
thread_local! {
    static NUMBER: Cell<i32> = Cell::new(1);
    static LIST: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
    pub static NAME: String = String::from("name");
}
thread_local!(static LAST: u8 = 9);
thread_local! {}

fn mutex() {
    show! {
        Mutex::new(1);
        *Mutex::new(1).lock().unwrap();
        Mutex::new(1).lock().unwrap();
        Mutex::new(String::from("x")).into_inner();
        *Mutex::new(5).get_mut().unwrap();
        Mutex::<i32>::default();
        Mutex::from(3);
        Mutex::new(1).try_lock().map(|guard| *guard).unwrap();
        { let lock = Mutex::new(1); let _held = lock.lock(); lock.try_lock().is_err() };
        { let lock = Mutex::new(1); let _held = lock.lock(); format!("{lock:?}") };
        { let lock = Mutex::new(1); *lock.lock().unwrap() += 1; lock.into_inner().unwrap() };
        { let lock = Mutex::new(7); let guard = lock.lock().unwrap(); format!("{guard} {guard:?}") };
        Mutex::new(1).is_poisoned();
        poisoned(Arc::new(Mutex::new(1))).is_poisoned();
        poisoned(Arc::new(Mutex::new(1))).lock().is_err();
        poisoned(Arc::new(Mutex::new(1)));
        *poisoned(Arc::new(Mutex::new(1))).lock().unwrap_or_else(PoisonError::into_inner);
        *poisoned(Arc::new(Mutex::new(1))).lock().unwrap_err().get_ref();
        match poisoned(Arc::new(Mutex::new(1))).try_lock() { Err(TryLockError::Poisoned(error)) => error.to_string(), _ => String::new() };
        { let lock = poisoned(Arc::new(Mutex::new(1))); lock.clear_poison(); lock.lock().is_ok() };
        Arc::try_unwrap(poisoned(Arc::new(Mutex::new(1)))).unwrap().into_inner().is_err();
        { let lock: Box<Mutex<dyn std::fmt::Debug + Send>> = Box::new(Mutex::new(3)); let text = format!("{:?}", &*lock.lock().unwrap()); text };
        { MUTEX.lock().unwrap().push(4); MUTEX.lock().unwrap().clone() };
        { let guard: LockResult<MutexGuard<'_, Vec<i32>>> = MUTEX.lock(); guard.unwrap().len() };
        { let guard: TryLockResult<MutexGuard<'_, Vec<i32>>> = MUTEX.try_lock(); guard.unwrap().len() };
        { let a = Mutex::new(1); let b = Mutex::new(2); let ga = a.lock().unwrap(); let gb = b.lock().unwrap(); drop(ga); *gb };
    }
}

fn rwlock() {
    show! {
        RwLock::new(1);
        *RwLock::new(1).read().unwrap();
        RwLock::new(1).read().unwrap();
        RwLock::new(1).write().unwrap();
        { let lock = RwLock::new(1); *lock.write().unwrap() += 4; lock.into_inner() };
        { let lock = RwLock::new(1); let a = lock.read().unwrap(); let b = lock.read().unwrap(); *a + *b };
        { let lock = RwLock::new(1); let _a = lock.read().unwrap(); lock.try_read().is_ok() };
        { let lock = RwLock::new(1); let _a = lock.read().unwrap(); lock.try_write().is_err() };
        { let lock = RwLock::new(1); let _a = lock.write().unwrap(); lock.try_read().is_err() };
        { let lock = RwLock::new(1); let _a = lock.write().unwrap(); format!("{lock:?}") };
        *RwLock::new(1).try_write().unwrap();
        *RwLock::new(6).get_mut().unwrap();
        RwLock::<i32>::default();
        RwLock::from("x");
        poisoned_rw().is_poisoned();
        poisoned_rw().read().is_err();
        poisoned_rw().write().is_err();
        matches!(poisoned_rw().try_read(), Err(TryLockError::Poisoned(_)));
        matches!(poisoned_rw().try_write(), Err(TryLockError::Poisoned(_)));
        { let lock = poisoned_rw(); lock.clear_poison(); lock.read().is_ok() };
        { let lock = RwLock::new(1); let mut guard = lock.write().unwrap(); *guard = 8; let guard = RwLockWriteGuard::downgrade(guard); (*guard, lock.try_read().is_ok()) };
        { let lock = RwLock::new(2); let guard = lock.read().unwrap(); format!("{guard} {guard:?}") };
        *LOCK.read().unwrap();
    }
}

fn condvar() {
    show! {
        Condvar::new();
        Condvar::default();
        CONDVAR.notify_one();
        CONDVAR.notify_all();
        { let lock = Mutex::new(1); *CONDVAR.wait_while(lock.lock().unwrap(), |value| *value == 0).unwrap() };
        { let lock = Mutex::new(1); let (guard, result) = CONDVAR.wait_timeout(lock.lock().unwrap(), MS).unwrap(); (*guard, result.timed_out()) };
        { let lock = Mutex::new(1); CONDVAR.wait_timeout(lock.lock().unwrap(), MS).unwrap().1 };
        { let lock = Mutex::new(1); let (guard, result) = CONDVAR.wait_timeout_while(lock.lock().unwrap(), MS, |value| *value == 1).unwrap(); (*guard, result.timed_out()) };
        { let lock = Mutex::new(1); let (guard, result) = CONDVAR.wait_timeout_while(lock.lock().unwrap(), LONG, |value| *value == 0).unwrap(); (*guard, result.timed_out()) };
        { #[allow(deprecated)] let notified = { let lock = Mutex::new(1); let (_guard, notified) = CONDVAR.wait_timeout_ms(lock.lock().unwrap(), 1).unwrap(); notified }; notified };
        { let pair = Arc::new((Mutex::new(false), Condvar::new())); let theirs = Arc::clone(&pair); let child = thread::spawn(move || { *theirs.0.lock().unwrap() = true; theirs.1.notify_one(); }); let mut guard = pair.0.lock().unwrap(); while !*guard { guard = pair.1.wait(guard).unwrap(); } drop(guard); child.join().is_ok() };
    }
}

fn barrier_and_once() {
    show! {
        Barrier::new(2);
        BARRIER.wait().is_leader();
        Barrier::new(1).wait();
        Barrier::new(0).wait().is_leader();
        { let barrier = &Barrier::new(2); thread::scope(|scope| { let child = scope.spawn(move || barrier.wait().is_leader()); let mine = barrier.wait().is_leader(); mine ^ child.join().unwrap() }) };
        Once::new();
        { let mut calls = 0; ONCE.call_once(|| calls += 1); ONCE.call_once(|| calls += 1); calls };
        ONCE.is_completed();
        Once::new().is_completed();
        ONCE.wait();
        ONCE.wait_force();
        { let once = Once::new(); let first = panic::catch_unwind(AssertUnwindSafe(|| once.call_once(|| panic!("x")))); (first.is_err(), once.is_completed()) };
        { let once = Once::new(); let _ = panic::catch_unwind(AssertUnwindSafe(|| once.call_once(|| panic!("x")))); panic::catch_unwind(AssertUnwindSafe(|| once.call_once(|| ()))).is_err() };
        { let once = Once::new(); let _ = panic::catch_unwind(AssertUnwindSafe(|| once.call_once(|| panic!("x")))); let mut seen = false; once.call_once_force(|state| seen = state.is_poisoned()); (seen, once.is_completed()) };
        { let once = Once::new(); let mut text = String::new(); once.call_once_force(|state: &OnceState| text = format!("{state:?}")); text };
    }
}

fn once_lock_and_lazy_lock() {
    show! {
        OnceLock::<i32>::new();
        OnceLock::<i32>::default();
        OnceLock::from(3);
        CELL.get();
        CELL.set(String::from("a"));
        CELL.set(String::from("b"));
        CELL.get();
        CELL.wait();
        CELL.get_or_init(|| String::from("c"));
        OnceLock::new().get_or_init(|| 5);
        { let mut cell = OnceLock::from(3); *cell.get_mut().unwrap() += 1; cell };
        { let mut cell = OnceLock::from(3); (cell.take(), cell.get().copied(), cell.set(4), cell.into_inner()) };
        OnceLock::from(3).clone();
        OnceLock::from(3) == OnceLock::from(3);
        OnceLock::from(3) == OnceLock::new();
        { let cell: OnceLock<i32> = OnceLock::new(); let first = panic::catch_unwind(AssertUnwindSafe(|| { cell.get_or_init(|| panic!("x")); })); (first.is_err(), *cell.get_or_init(|| 2)) };
        LAZY.len();
        *LAZY;
        LazyLock::force(&LAZY);
        LazyLock::get(&LAZY).is_some();
        { let lazy: LazyLock<i32> = LazyLock::new(|| 4); LazyLock::get(&lazy).copied() };
        { let lazy: LazyLock<i32> = LazyLock::new(|| 4); format!("{lazy:?}") };
        { let mut lazy: LazyLock<i32> = LazyLock::new(|| 4); *LazyLock::force_mut(&mut lazy) += 1; *lazy };
        { let mut lazy: LazyLock<i32> = LazyLock::new(|| 4); *lazy += 2; LazyLock::get_mut(&mut lazy).copied() };
        { let base = 10; let lazy = LazyLock::new(|| base + 1); *lazy };
        *LazyLock::<i32>::default();
        { let lazy: LazyLock<i32> = LazyLock::new(|| panic!("x")); (panic::catch_unwind(AssertUnwindSafe(|| *lazy)).is_err(), panic::catch_unwind(AssertUnwindSafe(|| *lazy)).is_err()) };
    }
}

fn atomics() {
    use Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
    show! {
        COUNT.load(SeqCst);
        COUNT.store(4, Release);
        COUNT.swap(5, AcqRel);
        COUNT.compare_exchange(5, 6, SeqCst, Relaxed);
        COUNT.compare_exchange(5, 7, SeqCst, Acquire);
        { let mut seen = COUNT.load(Relaxed); while let Err(found) = COUNT.compare_exchange_weak(seen, 8, AcqRel, Relaxed) { seen = found; } COUNT.load(SeqCst) };
        { #[allow(deprecated)] let old = COUNT.compare_and_swap(8, 9, SeqCst); old };
        COUNT.fetch_add(1, Relaxed);
        COUNT.fetch_sub(2, Relaxed);
        COUNT.fetch_and(0b1100, SeqCst);
        COUNT.fetch_nand(0b0100, SeqCst);
        COUNT.fetch_or(1, SeqCst);
        COUNT.fetch_xor(3, SeqCst);
        COUNT.fetch_max(7, SeqCst);
        COUNT.fetch_min(2, SeqCst);
        COUNT.fetch_update(SeqCst, SeqCst, |value| Some(value + 1));
        COUNT.fetch_update(SeqCst, SeqCst, |_| None);
        COUNT.try_update(SeqCst, SeqCst, |value| value.checked_mul(2));
        COUNT.update(SeqCst, SeqCst, |value| value + 3);
        COUNT;
        AtomicUsize::new(3).into_inner();
        { let mut count = AtomicUsize::new(3); *count.get_mut() += 1; count };
        AtomicUsize::from(3);
        AtomicUsize::default();
        AtomicUsize::new(3).as_ptr().is_null();
        AtomicI8::new(-1).fetch_add(1, SeqCst);
        AtomicI8::new(i8::MAX).fetch_add(1, SeqCst);
        { let wrapped = AtomicI8::new(i8::MAX); wrapped.fetch_add(1, SeqCst); wrapped };
        AtomicI16::new(-300).fetch_max(2, SeqCst);
        AtomicI32::new(-300).fetch_min(2, SeqCst);
        AtomicI64::new(i64::MIN);
        AtomicIsize::new(-1).swap(2, SeqCst);
        AtomicU8::new(255).fetch_add(1, SeqCst);
        AtomicU16::new(1).fetch_sub(1, SeqCst);
        AtomicU32::new(1).load(Relaxed);
        AtomicU64::new(u64::MAX);
        FLAG.load(Acquire);
        FLAG.store(true, Release);
        FLAG.swap(false, AcqRel);
        FLAG.fetch_and(true, SeqCst);
        FLAG.fetch_nand(true, SeqCst);
        FLAG.fetch_or(false, SeqCst);
        FLAG.fetch_xor(true, SeqCst);
        FLAG.fetch_not(SeqCst);
        FLAG.compare_exchange(true, false, SeqCst, SeqCst);
        FLAG.fetch_update(SeqCst, SeqCst, |value| Some(!value));
        AtomicBool::new(true).into_inner();
        AtomicBool::default();
        AtomicBool::from(true);
        POINTER.load(SeqCst).is_null();
        { let mut value = 4; let pointer = AtomicPtr::new(&mut value); let same: *mut i32 = &mut value; pointer.swap(std::ptr::null_mut(), SeqCst) == same };
        AtomicPtr::<i32>::default().into_inner().is_null();
        POINTER.compare_exchange(std::ptr::null_mut(), std::ptr::null_mut(), SeqCst, SeqCst).is_ok();
        POINTER.fetch_ptr_add(1, SeqCst).is_null();
        POINTER.fetch_ptr_sub(1, SeqCst).is_null();
        POINTER.fetch_byte_add(2, SeqCst).is_null();
        POINTER.fetch_byte_sub(2, SeqCst).is_null();
        POINTER.fetch_or(1, SeqCst).is_null();
        POINTER.fetch_xor(1, SeqCst).is_null();
        POINTER.fetch_and(0, SeqCst).is_null();
        format!("{:p}", AtomicPtr::<i32>::default());
        atomic::fence(SeqCst);
        atomic::compiler_fence(SeqCst);
        panic::catch_unwind(|| AtomicU8::new(0).load(std::hint::black_box(Release))).is_err();
        panic::catch_unwind(|| AtomicU8::new(0).store(1, std::hint::black_box(Acquire))).is_err();
    }
}

fn channels() {
    show! {
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); receiver.recv() };
        { let (sender, receiver) = mpsc::channel::<i32>(); drop(sender); receiver.recv() };
        { let (sender, receiver) = mpsc::channel(); drop(receiver); sender.send(1) };
        { let (sender, receiver) = mpsc::channel::<i32>(); (receiver.try_recv(), drop(sender), receiver.try_recv()) };
        { let (_sender, receiver) = mpsc::channel::<i32>(); receiver.recv_timeout(MS) };
        { let (sender, receiver) = mpsc::channel::<i32>(); drop(sender); receiver.recv_timeout(LONG) };
        { let (sender, receiver) = mpsc::channel(); let other = sender.clone(); sender.send(1).unwrap(); other.send(2).unwrap(); drop((sender, other)); receiver.iter().sum::<i32>() };
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); sender.send(2).unwrap(); receiver.try_iter().collect::<Vec<i32>>() };
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); drop(sender); receiver.into_iter().count() };
        { let (sender, receiver) = mpsc::channel(); sender.send(3).unwrap(); drop(sender); let mut sum = 0; for value in &receiver { sum += value; } sum };
        { let (sender, receiver) = mpsc::sync_channel(1); sender.send(1).unwrap(); (sender.try_send(2), receiver.recv(), sender.try_send(3)) };
        { let (sender, receiver) = mpsc::sync_channel(1); drop(receiver); (sender.try_send(2), sender.send(3)) };
        { let (sender, _receiver) = mpsc::sync_channel(0); sender.try_send(2) };
        thread::scope(|scope| { let (sender, receiver) = mpsc::sync_channel(0); scope.spawn(move || sender.send(5)); receiver.recv() });
        mpsc::channel::<i32>();
        mpsc::sync_channel::<i32>(1);
        SendError(1);
        SendError(1).to_string();
        (RecvError, RecvError.to_string());
        (TryRecvError::Empty, TryRecvError::Disconnected.to_string());
        (RecvTimeoutError::Timeout, RecvTimeoutError::Disconnected.to_string());
        (TrySendError::Full(1), TrySendError::Disconnected(1).to_string());
    }
}

fn threads() {
    show! {
        thread::spawn(|| 1).join().unwrap();
        thread::spawn(|| panic!("x")).join().map_err(|error: Box<dyn std::any::Any + Send>| error.downcast_ref::<&str>().copied());
        { let child = thread::spawn(|| 1); while !child.is_finished() { thread::yield_now(); } child.join().unwrap() };
        { let child: JoinHandle<i32> = thread::spawn(|| 1); let text = format!("{child:?}"); child.join().unwrap(); text };
        { let child = thread::spawn(|| thread::current().id()); let id: ThreadId = child.thread().id(); id == child.join().unwrap() };
        thread::spawn(|| ()).thread().name().is_none();
        Builder::new().name("worker".into()).spawn(|| thread::current().name().map(str::to_owned)).unwrap().join().unwrap();
        Builder::new().stack_size(65536).spawn(|| 3).unwrap().join().unwrap();
        Builder::new().name("worker".into());
        panic::catch_unwind(|| Builder::new().name("a\0b".into()).spawn(|| ()).is_ok()).is_err();
        thread::current().name().map(str::to_owned);
        { let thread: Thread = thread::current(); thread.unpark(); thread::park(); thread.id() == thread::current().id() };
        { thread::current().unpark(); thread::park_timeout(LONG) };
        thread::park_timeout(MS);
        { #[allow(deprecated)] thread::park_timeout_ms(1) };
        { #[allow(deprecated)] thread::sleep_ms(1) };
        thread::sleep(MS);
        thread::yield_now();
        thread::panicking();
        thread::available_parallelism().is_ok();
        thread::scope(|scope| { scope.spawn(|| ()); 7 });
        thread::scope(|scope| { let child: ScopedJoinHandle<'_, i32> = scope.spawn(|| 1); let id = child.thread().id() != thread::current().id(); (id, child.join().unwrap()) });
        { let mut list = vec![1]; thread::scope(|scope| { scope.spawn(|| list.push(2)); }); list };
        { let list = [1, 2, 3]; thread::scope(|scope| list.iter().map(|value| scope.spawn(move || value * 2)).map(|child| child.join().unwrap()).sum::<i32>()) };
        thread::scope(|scope: &Scope<'_, '_>| { scope.spawn(|| { scope.spawn(|| ()); }); format!("{:?}", scope).starts_with("Scope") });
        thread::scope(|scope| Builder::new().name("scoped".into()).spawn_scoped(scope, || thread::current().name().map(str::to_owned)).unwrap().join().unwrap());
        thread::scope(|scope| { let child = scope.spawn(|| 1); while !child.is_finished() { thread::yield_now(); } child.join().unwrap() });
        thread::scope(|scope| scope.spawn(|| panic!("x")).join().is_err());
        panic::catch_unwind(|| thread::scope(|scope| { scope.spawn(|| panic!("x")); })).unwrap_err().downcast_ref::<&str>().copied();
        panic::catch_unwind(|| thread::scope(|_| panic!("mine"))).unwrap_err().downcast_ref::<&str>().copied();
        { struct Loud(Arc<AtomicBool>); impl Drop for Loud { fn drop(&mut self) { self.0.store(thread::panicking(), Ordering::SeqCst); } } let seen = Arc::new(AtomicBool::new(false)); let theirs = Arc::clone(&seen); let _ = thread::spawn(move || { let _loud = Loud(theirs); panic!("x") }).join(); seen };
        { let result: thread::Result<i32> = thread::spawn(|| 1).join(); result.is_ok() };
    }
}

fn locals() {
    show! {
        NUMBER.get();
        NUMBER.set(4);
        NUMBER.replace(5);
        NUMBER.take();
        NUMBER.with(|cell| cell.get());
        NUMBER.try_with(Cell::get);
        LIST.with_borrow_mut(|list| list.push(1));
        LIST.with_borrow(Vec::len);
        LIST.replace(vec![7]);
        LIST.set(vec![8, 9]);
        LIST.take();
        NAME.with(String::clone);
        LAST.with(|last| *last);
        { NUMBER.set(6); thread::spawn(|| NUMBER.get()).join().unwrap() };
        { fn of<T: 'static>(key: &'static LocalKey<Cell<T>>) -> T where T: Copy { key.get() } of(&NUMBER) };
        format!("{:?}", NUMBER).starts_with("LocalKey");
    }
}

fn time_and_the_rest() {
    show! {
        Instant::now() <= Instant::now();
        { let start = Instant::now(); thread::sleep(MS); start.elapsed() >= MS };
        { let start = Instant::now(); start.duration_since(start) };
        { let start = Instant::now(); (start + MS) - start };
        { let start = Instant::now(); (start + MS) - MS == start };
        { let mut start = Instant::now(); start += MS; start -= MS; start.saturating_duration_since(start + MS) };
        { let start = Instant::now(); start.checked_duration_since(start + MS) };
        { let start = Instant::now(); start.duration_since(start + MS) };
        { let start = Instant::now(); start.checked_add(MS).unwrap() > start };
        { let start = Instant::now(); start.checked_sub(MS).unwrap() < start };
        Instant::now().checked_add(Duration::MAX);
        { let set: std::collections::HashSet<Instant> = [Instant::now()].into(); set.len() };
        Duration::from_millis(1500).as_secs_f64();
        SystemTime::now() > UNIX_EPOCH;
        std::hint::black_box(1);
        std::hint::spin_loop();
        { #[allow(deprecated)] atomic::spin_loop_hint() };
        panic::catch_unwind(|| 1).unwrap();
        panic::catch_unwind(|| panic::resume_unwind(Box::new(3))).unwrap_err().downcast_ref::<i32>().copied();
        panic::catch_unwind(|| panic::panic_any(4)).unwrap_err().downcast_ref::<i32>().copied();
        Location::caller().line() > 0;
        { let weak = Arc::downgrade(&Arc::new(1)); Weak::upgrade(&weak) };
        Arc::new(Mutex::new(1));
        PoisonError::new(1).into_inner();
        { let error: TryLockError<i32> = TryLockError::WouldBlock; error.to_string() };
        vec![1, 2].iter().map(|value| value + 1).collect::<std::collections::BTreeSet<_>>();
        std::mem::size_of::<std::num::NonZeroU8>();
    }
}

fn main() {
    implementations();
    std::panic::catch_unwind(|| ()).unwrap();
    mutex();
    rwlock();
    condvar();
    barrier_and_once();
    once_lock_and_lazy_lock();
    atomics();
    channels();
    threads();
    locals();
    time_and_the_rest();
}
