// What happens once, and what is waited for together.

static BARRIER: Barrier = Barrier::new(1);
static ONCE: Once = Once::new();
static CELL: OnceLock<String> = OnceLock::new();
static LAZY: LazyLock<Vec<i32>> = LazyLock::new(|| vec![1, 2, 3]);

fn barrier() {
    show! {
        Barrier::new(2);
        BARRIER.wait().is_leader();
        Barrier::new(1).wait();
        Barrier::new(0).wait().is_leader();
        { let barrier = &Barrier::new(2); thread::scope(|scope| { let child = scope.spawn(move || barrier.wait().is_leader()); let mine = barrier.wait().is_leader(); mine ^ child.join().unwrap() }) };
        { let result: BarrierWaitResult = Barrier::new(1).wait(); result.is_leader() };
        { let barrier = &Barrier::new(3); let leaders: Vec<bool> = thread::scope(|scope| { let all: Vec<_> = (0..3).map(|_| scope.spawn(|| barrier.wait().is_leader())).collect(); all.into_iter().map(|one| one.join().unwrap()).collect() }); leaders.iter().filter(|leader| **leader).count() };
        { let barrier = &Barrier::new(2); thread::scope(|scope| { let other = scope.spawn(|| { barrier.wait(); barrier.wait().is_leader() }); barrier.wait(); let mine = barrier.wait().is_leader(); mine ^ other.join().unwrap() }) };
    }
}

fn once() {
    show! {
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
        { #[allow(deprecated)] let once = ONCE_INIT; once.is_completed() };
        { let once = Once::new(); let mut seen = true; once.call_once_force(|state| seen = state.is_poisoned()); seen };
        { let once = &Once::new(); let calls = &AtomicUsize::new(0); thread::scope(|scope| for _ in 0..3 { scope.spawn(|| once.call_once(|| { calls.fetch_add(1, Ordering::SeqCst); })); }); calls.load(Ordering::SeqCst) };
        { let once = &Once::new(); thread::scope(|scope| { let waits = scope.spawn(|| { once.wait(); once.is_completed() }); once.call_once(|| ()); waits.join().unwrap() }) };
        { let once = Once::new(); panicked(|| once.call_once(|| panic!("first"))); (panicked(|| once.wait()).is_some(), panicked(|| once.call_once(|| ())).is_some()) };
        { let once = Once::new(); panicked(|| once.call_once(|| panic!("first"))); panicked(|| once.call_once(|| ())) };
    }
}

fn once_lock() {
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
        { let cell: OnceLock<i32> = OnceLock::new(); (cell.set(1), cell.set(2), cell.get().copied()) };
        { let mut cell = OnceLock::<i32>::new(); (cell.get_mut().is_none(), cell.take(), cell.into_inner()) };
        { let cell = &OnceLock::new(); thread::scope(|scope| { let waits = scope.spawn(|| *cell.wait()); cell.set(7).unwrap(); waits.join().unwrap() }) };
        { let cell = &OnceLock::new(); let values: Vec<i32> = thread::scope(|scope| { let all: Vec<_> = (0..3).map(|_| scope.spawn(|| *cell.get_or_init(|| 4))).collect(); all.into_iter().map(|one| one.join().unwrap()).collect() }); values };
        { let cell = OnceLock::new(); let clone: OnceLock<Vec<i32>> = cell.clone(); cell.set(vec![1]).unwrap(); (clone, cell) };
    }
}

fn lazy_lock() {
    show! {
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
        { let lazy: LazyLock<i32> = LazyLock::new(|| 4); (LazyLock::get(&lazy).is_none(), *LazyLock::force(&lazy), LazyLock::get(&lazy).copied(), format!("{lazy:?}")) };
        { let mut lazy: LazyLock<i32> = LazyLock::new(|| 4); (LazyLock::get_mut(&mut lazy).is_none(), *LazyLock::force(&lazy), LazyLock::get_mut(&mut lazy).is_some()) };
        { let calls = &AtomicUsize::new(0); let lazy = &LazyLock::new(|| calls.fetch_add(1, Ordering::SeqCst)); thread::scope(|scope| for _ in 0..3 { scope.spawn(|| **lazy); }); calls.load(Ordering::SeqCst) };
        { let lazy: LazyLock<i32> = LazyLock::new(|| panic!("made in vain")); (panicked(|| *lazy), panicked(|| *lazy)) };
        { let mut lazy: LazyLock<i32> = LazyLock::new(|| panic!("made in vain")); panicked(|| *lazy); panicked(|| LazyLock::get_mut(&mut lazy).is_some()) };
    }
}
