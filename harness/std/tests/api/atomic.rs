// Atomics. Every integer goes through every operation.

static COUNT: AtomicUsize = AtomicUsize::new(3);
static FLAG: AtomicBool = AtomicBool::new(false);
static POINTER: AtomicPtr<i32> = AtomicPtr::new(std::ptr::null_mut());

macro_rules! integers {
    ($($name:ident $of:ident;)*) => { $(
        let atomic = $name::new(3);
        show! {
            stringify!($name);
            atomic.load(Ordering::Relaxed);
            atomic.load(Ordering::Acquire);
            atomic.store(4, Ordering::Release);
            atomic.store(5, Ordering::Relaxed);
            atomic.swap(6, Ordering::AcqRel);
            atomic.compare_exchange(6, 7, Ordering::SeqCst, Ordering::Relaxed);
            atomic.compare_exchange(6, 8, Ordering::Release, Ordering::Acquire);
            { let mut seen = atomic.load(Ordering::Relaxed); while let Err(found) = atomic.compare_exchange_weak(seen, 8, Ordering::AcqRel, Ordering::Relaxed) { seen = found; } seen };
            { #[allow(deprecated)] let old = atomic.compare_and_swap(8, 9, Ordering::SeqCst); old };
            { #[allow(deprecated)] let old = atomic.compare_and_swap(8, 9, Ordering::Relaxed); old };
            atomic.fetch_add($of::MAX, Ordering::Relaxed);
            atomic.fetch_sub(1, Ordering::Acquire);
            atomic.fetch_and(0b0110, Ordering::Release);
            atomic.fetch_nand(0b0100, Ordering::AcqRel);
            atomic.fetch_or(1, Ordering::SeqCst);
            atomic.fetch_xor(3, Ordering::SeqCst);
            atomic.fetch_max($of::MAX, Ordering::SeqCst);
            atomic.fetch_min($of::MIN, Ordering::SeqCst);
            atomic.fetch_update(Ordering::SeqCst, Ordering::Relaxed, |value| Some(value / 2));
            atomic.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |_| None);
            atomic.try_update(Ordering::SeqCst, Ordering::SeqCst, |value| value.checked_mul(2));
            atomic.update(Ordering::SeqCst, Ordering::SeqCst, |value| value / 3 + 3);
            atomic;
            { let mut own = $name::new($of::MAX); *own.get_mut() = 1; own.into_inner() };
            { let wrapped = $name::new($of::MAX); (wrapped.fetch_add(1, Ordering::SeqCst), wrapped.fetch_sub(1, Ordering::SeqCst), wrapped) };
            ($name::from(2), $name::default(), $name::new(5).as_ptr().is_null());
        }
    )* };
}

fn integers() {
    integers! {
        AtomicI8 i8; AtomicI16 i16; AtomicI32 i32; AtomicI64 i64; AtomicIsize isize;
        AtomicU8 u8; AtomicU16 u16; AtomicU32 u32; AtomicU64 u64; AtomicUsize usize;
    }
    show! {
        COUNT.fetch_add(1, Ordering::SeqCst);
        thread::scope(|scope| { for _ in 0..4 { scope.spawn(|| COUNT.fetch_add(2, Ordering::Relaxed)); } });
        COUNT.load(Ordering::SeqCst);
        { #[allow(deprecated)] let zero = (ATOMIC_USIZE_INIT, ATOMIC_ISIZE_INIT, ATOMIC_BOOL_INIT); zero };
        panicked(|| AtomicU8::new(0).load(std::hint::black_box(Ordering::Release)));
        panicked(|| AtomicU8::new(0).load(std::hint::black_box(Ordering::AcqRel)));
        panicked(|| AtomicU8::new(0).store(1, std::hint::black_box(Ordering::Acquire)));
        panicked(|| AtomicU8::new(0).store(1, std::hint::black_box(Ordering::AcqRel)));
        panicked(|| AtomicU8::new(0).compare_exchange(0, 1, Ordering::SeqCst, std::hint::black_box(Ordering::Release)));
        panicked(|| AtomicU8::new(0).compare_exchange_weak(0, 1, Ordering::SeqCst, std::hint::black_box(Ordering::AcqRel)));
        (Ordering::SeqCst == Ordering::SeqCst, Ordering::Relaxed);
    }
}

fn booleans_and_pointers() {
    show! {
        FLAG.load(Ordering::Acquire);
        FLAG.store(true, Ordering::Release);
        FLAG.swap(false, Ordering::AcqRel);
        FLAG.fetch_and(true, Ordering::SeqCst);
        FLAG.fetch_nand(true, Ordering::SeqCst);
        FLAG.fetch_or(false, Ordering::SeqCst);
        FLAG.fetch_xor(true, Ordering::SeqCst);
        FLAG.fetch_not(Ordering::SeqCst);
        FLAG.compare_exchange(true, false, Ordering::SeqCst, Ordering::SeqCst);
        FLAG.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |value| Some(!value));
        AtomicBool::new(true).into_inner();
        AtomicBool::default();
        AtomicBool::from(true);
        POINTER.load(Ordering::SeqCst).is_null();
        { let mut value = 4; let pointer = AtomicPtr::new(&mut value); let same: *mut i32 = &mut value; pointer.swap(std::ptr::null_mut(), Ordering::SeqCst) == same };
        AtomicPtr::<i32>::default().into_inner().is_null();
        POINTER.compare_exchange(std::ptr::null_mut(), std::ptr::null_mut(), Ordering::SeqCst, Ordering::SeqCst).is_ok();
        POINTER.fetch_ptr_add(1, Ordering::SeqCst).is_null();
        POINTER.fetch_ptr_sub(1, Ordering::SeqCst).is_null();
        POINTER.fetch_byte_add(2, Ordering::SeqCst).is_null();
        POINTER.fetch_byte_sub(2, Ordering::SeqCst).is_null();
        POINTER.fetch_or(1, Ordering::SeqCst).is_null();
        POINTER.fetch_xor(1, Ordering::SeqCst).is_null();
        POINTER.fetch_and(0, Ordering::SeqCst).is_null();
        format!("{:p}", AtomicPtr::<i32>::default());
        FLAG.compare_exchange_weak(std::hint::black_box(true) & false, true, Ordering::SeqCst, Ordering::SeqCst).is_ok() | true;
        { #[allow(deprecated)] let old = FLAG.compare_and_swap(true, false, Ordering::AcqRel); old };
        FLAG.try_update(Ordering::SeqCst, Ordering::SeqCst, |value| value.then_some(false));
        FLAG.try_update(Ordering::SeqCst, Ordering::SeqCst, |_| None);
        FLAG.update(Ordering::SeqCst, Ordering::SeqCst, |value| !value);
        { let mut own = AtomicBool::new(false); *own.get_mut() = true; (own.as_ptr().is_null(), own) };
        { let mut own = AtomicPtr::<i32>::from(std::ptr::null_mut()); *own.get_mut() = std::ptr::null_mut(); (own.as_ptr().is_null(), own.into_inner().is_null()) };
        POINTER.compare_exchange_weak(std::ptr::null_mut(), std::ptr::null_mut(), Ordering::SeqCst, Ordering::SeqCst).is_ok() | true;
        { #[allow(deprecated)] let old = POINTER.compare_and_swap(std::ptr::null_mut(), std::ptr::null_mut(), Ordering::SeqCst); old.is_null() };
        POINTER.fetch_update(Ordering::SeqCst, Ordering::SeqCst, Some).is_ok();
        POINTER.try_update(Ordering::SeqCst, Ordering::SeqCst, |_| None).is_err();
        POINTER.update(Ordering::SeqCst, Ordering::SeqCst, |_| std::ptr::null_mut()).is_null();
        POINTER.store(std::ptr::null_mut(), Ordering::Release);
        POINTER.load(Ordering::SeqCst);
        format!("{POINTER:?} {POINTER:p}");
    }
}

fn fences() {
    show! {
        atomic::fence(Ordering::SeqCst);
        atomic::fence(Ordering::AcqRel);
        atomic::fence(Ordering::Acquire);
        atomic::fence(Ordering::Release);
        atomic::compiler_fence(Ordering::SeqCst);
        panicked(|| atomic::fence(std::hint::black_box(Ordering::Relaxed)));
        panicked(|| atomic::compiler_fence(std::hint::black_box(Ordering::Relaxed)));
        { #[allow(deprecated)] atomic::spin_loop_hint() };
    }
}

/// What std can make at compile time.
fn constants() {
    const CONDVAR: Condvar = Condvar::new();
    const BARRIER: Barrier = Barrier::new(1);
    const CELL: OnceLock<i32> = OnceLock::new();
    const LAZY: LazyLock<i32> = LazyLock::new(|| 3);
    const TAKEN: (u8, bool) = (AtomicU8::new(7).into_inner(), AtomicBool::new(true).into_inner());
    const NOWHERE: bool = AtomicPtr::<u8>::new(std::ptr::null_mut()).into_inner().is_null();
    static VALUE: AtomicI64 = AtomicI64::new(-2);
    show! {
        { const { Mutex::new(1) } }.into_inner().unwrap();
        { const { RwLock::new(1) } }.into_inner().unwrap();
        CONDVAR.notify_one();
        BARRIER.wait().is_leader();
        CELL.get();
        *LAZY;
        const { Once::new() }.is_completed();
        TAKEN;
        NOWHERE;
        VALUE.as_ptr().is_null();
        { const WEAK: Weak<u8> = Weak::new(); WEAK.upgrade() };
        { static MANY: [AtomicU8; 3] = [const { AtomicU8::new(4) }; 3]; MANY[2].load(Ordering::SeqCst) };
        { static TABLE: Mutex<[Option<u8>; 2]> = Mutex::new([None; 2]); TABLE.lock().unwrap()[0] = Some(1); TABLE.lock().map(|table| *table).unwrap() };
    }
}
