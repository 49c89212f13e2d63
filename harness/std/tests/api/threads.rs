// Threads, and what belongs to one.

thread_local! {
    static NUMBER: Cell<i32> = Cell::new(1);
    static LIST: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
    pub static NAME: String = String::from("name");
}
thread_local!(static LAST: u8 = 9);
thread_local! {}
std::thread_local! {
    /// With attributes, of which one is a comment.
    #[allow(dead_code)]
    pub(crate) static WITH_ATTRIBUTES: RefCell<Option<Box<u8>>> = const { RefCell::new(None) };
    static COUNTED: Cell<usize> = { CALLS.fetch_add(1, Ordering::SeqCst); Cell::new(7) };
}
static CALLS: AtomicUsize = AtomicUsize::new(0);

/// Tells its end through an atomic.
struct Loud(Arc<AtomicUsize>);

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
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
        { struct Loud(Arc<AtomicBool>); impl Drop for Loud { fn drop(&mut self) { self.0.store(thread::panicking(), Ordering::SeqCst); } } let seen = Arc::new(AtomicBool::new(false)); let theirs = Arc::clone(&seen); let _ = thread::spawn(move || { let _loud = Loud(theirs); panic!("x") }).join(); seen };
        { let result: thread::Result<i32> = thread::spawn(|| 1).join(); result.is_ok() };
        { let child = thread::spawn(|| { thread::park(); 5 }); child.thread().unpark(); child.join().unwrap() };
        { let main = thread::current(); let child = thread::spawn(move || main.unpark()); thread::park_timeout(LONG); child.join().is_ok() };
        { let child = Builder::new().name("x".into()).spawn(|| thread::current()).unwrap(); let own = child.thread().clone(); let theirs = child.join().unwrap(); (own.id() == theirs.id(), theirs.name().map(str::to_owned)) };
        { let ids: std::collections::HashSet<ThreadId> = (0..3).map(|_| thread::spawn(|| thread::current().id()).join().unwrap()).collect(); ids.len() };
        { let id = thread::current().id(); let same = id; id == same };
        thread::spawn(|| thread::panicking()).join().unwrap();
        thread::spawn(|| panic::panic_any(17)).join().unwrap_err().downcast_ref::<i32>().copied();
        thread::spawn(|| panic!("number {}", 4)).join().map_err(|error: Box<dyn std::any::Any + Send>| error.downcast_ref::<String>().cloned());
        thread::spawn(|| thread::spawn(|| 6).join().unwrap()).join().unwrap();
        { let ended = Arc::new(AtomicUsize::new(0)); let theirs = Loud(Arc::clone(&ended)); thread::spawn(move || drop(theirs)).join().unwrap(); ended };
        { let ended = Arc::new(AtomicUsize::new(0)); let theirs = Loud(Arc::clone(&ended)); let kept = thread::spawn(move || theirs).join().unwrap(); (ended.load(Ordering::SeqCst), drop(kept), ended) };
        { let local = 3; let child = unsafe { Builder::new().spawn_unchecked(|| &local) }.unwrap(); *child.join().unwrap() };
        format!("{:?}", thread::spawn(|| ()).thread()).starts_with("Thread { id: ThreadId(");
        format!("{:?}", thread::current().id()).starts_with("ThreadId(");
        { thread::sleep(Duration::ZERO); thread::yield_now() };
        { let handles: Vec<JoinHandle<usize>> = (0..3).map(|n| thread::spawn(move || n)).collect(); handles.into_iter().map(|handle| handle.join().unwrap()).collect::<Vec<_>>() };
    }
}

fn scopes() {
    show! {
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
        { let mut count = 0; let list = vec![1, 2]; thread::scope(|scope| { scope.spawn(|| count += list.len()); }); (count, list) };
        thread::scope(|scope| { let inner = scope.spawn(|| scope.spawn(|| 3).join().unwrap()); inner.join().unwrap() });
        thread::scope(|scope| { Builder::new().stack_size(65536).spawn_scoped(scope, || 1).unwrap().join().unwrap() });
        { let ended = AtomicUsize::new(0); thread::scope(|scope| for _ in 0..3 { scope.spawn(|| ended.fetch_add(1, Ordering::SeqCst)); }); ended };
        panicked(|| thread::scope(|scope| { scope.spawn(|| panic!("unheard")); 1 }));
        thread::scope(|scope| { let heard = scope.spawn(|| panic!("heard")); heard.join().unwrap_err().downcast_ref::<&str>().copied() });
        panicked(|| thread::scope(|scope| { let _ = scope.spawn(|| panic!("theirs")).join(); panic!("mine too") }));
        thread::scope(|scope| { let child = scope.spawn(|| 1); format!("{child:?}").starts_with("ScopedJoinHandle") });
        thread::scope(|scope| scope.spawn(|| thread::current().id()).thread().id() != thread::current().id());
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
        { WITH_ATTRIBUTES.replace(Some(Box::new(3))); (WITH_ATTRIBUTES.take(), WITH_ATTRIBUTES.with_borrow(Option::is_none)) };
        (COUNTED.get(), COUNTED.get(), CALLS.load(Ordering::SeqCst));
        { thread::spawn(|| COUNTED.set(9)).join().unwrap(); (COUNTED.get(), CALLS.load(Ordering::SeqCst)) };
        LIST.try_with(|list| list.borrow().len());
        panicked(|| LIST.with_borrow(|_| LIST.with_borrow_mut(|_| ())));
        { thread_local! { static LOUD: RefCell<Option<Loud>> = const { RefCell::new(None) }; } let ended = Arc::new(AtomicUsize::new(0)); let theirs = Loud(Arc::clone(&ended)); thread::spawn(move || LOUD.set(Some(theirs))).join().unwrap(); ended };
        { thread_local! { static OTHER: Cell<u8> = Cell::new(1); static ENDS: EndsLate = const { EndsLate }; } struct EndsLate; static SEEN: AtomicUsize = AtomicUsize::new(9); impl Drop for EndsLate { fn drop(&mut self) { SEEN.store(usize::from(NUMBER.try_with(Cell::get).is_ok()), Ordering::SeqCst); } } thread::spawn(|| { ENDS.with(|_| ()); OTHER.get() }).join().unwrap(); SEEN.load(Ordering::SeqCst) };
        { let error: thread::AccessError = access_error(); (error.to_string(), format!("{error:?}"), error == error.clone()) };
    }
}

/// What is said of a value that is gone.
fn access_error() -> thread::AccessError {
    static FOUND: Mutex<Option<thread::AccessError>> = Mutex::new(None);
    struct Looks;
    thread_local!(static SELF: Looks = const { Looks });
    impl Drop for Looks {
        fn drop(&mut self) {
            *FOUND.lock().unwrap() = SELF.try_with(|_| ()).err();
        }
    }
    thread::spawn(|| SELF.with(|_| ())).join().unwrap();
    FOUND.lock().unwrap().expect("it is gone while it is dropped")
}
