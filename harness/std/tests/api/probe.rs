// Which traits the types have, and have not. An absent one is as important: a `MutexGuard` that could be sent would let
// compile what std refuses.

/// Whether a type has a trait: an inherent constant comes before that of a trait.
macro_rules! has {
    ($type:ty: $($trait:tt)*) => {{
        #[allow(dead_code)]
        struct Probe<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code)]
        trait Absent { const HAS: bool = false; }
        impl<T: ?Sized> Absent for T {}
        #[allow(dead_code)]
        impl<T: ?Sized + $($trait)*> Probe<T> { const HAS: bool = true; }
        <Probe<$type>>::HAS
    }};
}

macro_rules! traits {
    ($($type:ty;)*) => { $(
        print!("{}:", stringify!($type));
        traits!(@ $type: [Send] [Sync] [Unpin] [UnwindSafe] [RefUnwindSafe] [std::fmt::Debug] [std::fmt::Display]
            [std::fmt::Pointer] [std::error::Error] [Default] [Clone] [Copy] [PartialEq] [Eq] [PartialOrd] [Ord] [std::hash::Hash]
            [From<u8>] [From<i8>] [From<bool>] [From<*mut u8>] [Iterator] [DoubleEndedIterator] [ExactSizeIterator]
            [std::iter::FusedIterator] [IntoIterator] [std::ops::Deref] [std::ops::DerefMut] [std::ops::Add<Duration>]
            [std::ops::AddAssign<Duration>] [std::ops::Sub<Instant>] [std::ops::Sub<Duration>] [std::ops::SubAssign<Duration>]
            [AsRef<u8>] [std::borrow::Borrow<u8>] [Extend<u8>] [FromIterator<u8>] [Future]);
        println!();
    )* };
    (@ $type:ty: $([$($trait:tt)*])*) => { $(
        if has!($type: $($trait)*) { print!(" {};", stringify!($($trait)*)) } else { print!(" !{};", stringify!($($trait)*)) }
    )* };
}

type Raw = *const u8;
type Guard = MutexGuard<'static, u8>;

/// Has no trait that is not automatic.
struct Bare(#[allow(dead_code)] u8);

fn implementations() {
    traits! {
        Mutex<u8>; Mutex<Raw>; Mutex<Cell<u8>>; Mutex<Bare>; Mutex<dyn std::fmt::Debug + Send>; Mutex<Guard>;
        Guard; MutexGuard<'static, Cell<u8>>; MutexGuard<'static, Raw>; MutexGuard<'static, Bare>; MutexGuard<'static, [u8]>;
        RwLock<u8>; RwLock<Cell<u8>>; RwLock<Raw>; RwLock<Bare>; RwLock<dyn std::fmt::Debug + Send + Sync>;
        RwLockReadGuard<'static, u8>; RwLockReadGuard<'static, Cell<u8>>; RwLockReadGuard<'static, Bare>; RwLockReadGuard<'static, Raw>;
        RwLockWriteGuard<'static, u8>; RwLockWriteGuard<'static, Cell<u8>>; RwLockWriteGuard<'static, Bare>; RwLockWriteGuard<'static, Raw>;
        Condvar; WaitTimeoutResult; Barrier; BarrierWaitResult; Once; OnceState;
        OnceLock<u8>; OnceLock<Cell<u8>>; OnceLock<Raw>; OnceLock<Guard>; OnceLock<Bare>;
        LazyLock<u8>; LazyLock<Cell<u8>>; LazyLock<Raw>; LazyLock<Bare>; LazyLock<u8, Cell<u8>>; LazyLock<u8, Raw>; LazyLock<u8, Bare>;
        PoisonError<u8>; PoisonError<Guard>; PoisonError<Bare>; TryLockError<u8>; TryLockError<Guard>; TryLockError<Bare>;
        AtomicBool; AtomicI8; AtomicI16; AtomicI32; AtomicI64; AtomicIsize; AtomicU8; AtomicU16; AtomicU32; AtomicU64; AtomicUsize;
        AtomicPtr<u8>; AtomicPtr<Cell<u8>>; AtomicPtr<Bare>; Ordering;
        mpsc::Sender<u8>; mpsc::Sender<Raw>; mpsc::Sender<Bare>; mpsc::Sender<Cell<u8>>;
        mpsc::SyncSender<u8>; mpsc::SyncSender<Raw>; mpsc::SyncSender<Bare>; mpsc::SyncSender<Cell<u8>>;
        mpsc::Receiver<u8>; mpsc::Receiver<Raw>; mpsc::Receiver<Bare>; mpsc::Receiver<Cell<u8>>; &'static mpsc::Receiver<u8>; &'static mut mpsc::Receiver<u8>;
        mpsc::Iter<'static, u8>; mpsc::Iter<'static, Bare>; mpsc::TryIter<'static, u8>; mpsc::TryIter<'static, Bare>;
        mpsc::IntoIter<u8>; mpsc::IntoIter<Bare>; mpsc::IntoIter<Raw>;
        RecvError; SendError<u8>; SendError<Bare>; TryRecvError; TrySendError<u8>; TrySendError<Bare>; RecvTimeoutError;
        Thread; ThreadId; Builder; JoinHandle<u8>; JoinHandle<Raw>; JoinHandle<Bare>; JoinHandle<Cell<u8>>;
        ScopedJoinHandle<'static, u8>; ScopedJoinHandle<'static, Raw>; ScopedJoinHandle<'static, Bare>; ScopedJoinHandle<'static, Cell<u8>>;
        Scope<'static, 'static>; LocalKey<u8>; LocalKey<Raw>; LocalKey<Bare>; thread::AccessError; thread::Result<u8>;
        Arc<u8>; Arc<Cell<u8>>; Arc<Raw>; Arc<Bare>; Arc<[u8]>; Arc<dyn std::fmt::Debug + Send + Sync>;
        Weak<u8>; Weak<Cell<u8>>; Weak<Raw>; Weak<Bare>; Weak<[u8]>;
        Instant; SystemTime; Duration; AssertUnwindSafe<u8>; Location<'static>;
    }
}

/// Lifetimes that shrink where std's do. What does not compile is no matter of printing.
#[allow(dead_code, clippy::needless_lifetimes)]
mod variance {
    use super::*;

    fn mutex_guard<'a>(guard: MutexGuard<'static, u8>) -> MutexGuard<'a, u8> { guard }
    fn read_guard<'a>(guard: RwLockReadGuard<'static, &'static str>) -> RwLockReadGuard<'a, &'a str> { guard }
    fn write_guard<'a>(guard: RwLockWriteGuard<'static, u8>) -> RwLockWriteGuard<'a, u8> { guard }
    fn iter<'a>(iter: mpsc::Iter<'static, u8>) -> mpsc::Iter<'a, u8> { iter }
    fn scoped<'a>(handle: ScopedJoinHandle<'static, u8>) -> ScopedJoinHandle<'a, u8> { handle }
    fn poison<'a>(error: PoisonError<&'static str>) -> PoisonError<&'a str> { error }
}

/// A value may refer to something that is dropped at the same time, where std's type allows it.
#[allow(dead_code, unused_assignments)]
fn drops_together() {
    let (mutex, lock, once, text);
    text = String::from("x");
    mutex = Mutex::new(&text);
    lock = RwLock::new(&text);
    once = OnceLock::from(&text);
    let _ = (&mutex, &lock, &once);
    let (a, b);
    a = Cell::new(1);
    b = OnceLock::from(&a);
    let _ = &b;
}
