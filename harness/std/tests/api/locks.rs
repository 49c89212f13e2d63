// Locks, and the condition variables that wait with them.

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

fn read_and_panicked() -> Arc<RwLock<i32>> {
    let lock = Arc::new(RwLock::new(5));
    let theirs = Arc::clone(&lock);
    let _ = thread::spawn(move || { let _guard = theirs.read().unwrap(); panic!("no poison"); }).join();
    lock
}

static MUTEX: Mutex<Vec<i32>> = Mutex::new(Vec::new());
static LOCK: RwLock<i32> = RwLock::new(1);
static CONDVAR: Condvar = Condvar::new();

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
        *Mutex::new(1).try_lock().unwrap();
        Mutex::new([1, 2]).lock().map(|guard| guard.len()).unwrap();
        { let lock: &Mutex<[i32]> = &Mutex::new([1, 2, 3]); lock.lock().unwrap()[1] = 5; lock.lock().unwrap().to_vec() };
        { let lock = Mutex::new(1); let mut guard = lock.lock().unwrap(); *guard += 1; drop(guard); lock };
        { let lock = Mutex::new(vec![1]); lock.lock().unwrap().push(2); let taken = std::mem::take(&mut *lock.lock().unwrap()); (taken, lock) };
        { let mut lock = Mutex::new(1); *lock.get_mut().unwrap() = 4; let value = lock.lock().map(|guard| *guard).unwrap(); value };
        { let mut lock = Arc::into_inner(poisoned(Arc::new(Mutex::new(3)))).unwrap(); let seen = lock.get_mut().is_err(); lock.clear_poison(); (seen, lock.get_mut().is_ok()) };
        { let lock = Mutex::new(1); let first = panicked(|| { let _guard = lock.lock().unwrap(); panic!("under the lock") }); (first, lock.is_poisoned(), lock.lock().is_err()) };
        { let lock = poisoned(Arc::new(Mutex::new(1))); panicked(|| drop(lock.lock().unwrap())) };
        { let lock = Mutex::new(1); let guard = lock.lock().unwrap(); std::mem::forget(guard); lock.try_lock().is_err() };
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
        { let lock = RwLock::new(vec![1]); lock.write().unwrap().push(2); let guard = lock.read().unwrap(); guard.clone() };
        { let lock: &RwLock<[i32]> = &RwLock::new([1, 2, 3]); lock.write().unwrap()[0] = 9; lock.read().unwrap().to_vec() };
        { let lock = RwLock::new(2); let guard = lock.write().unwrap(); format!("{guard} {guard:?}") };
        { let lock = RwLock::new(2); let guard = lock.read().unwrap(); format!("{lock:?} {}", *guard) };
        { let mut lock = RwLock::new(1); *lock.get_mut().unwrap() = 4; lock.into_inner().unwrap() };
        { let lock = RwLock::new(1); let _guard = lock.write().unwrap(); matches!(lock.try_write(), Err(TryLockError::WouldBlock)) };
        { let lock = RwLock::new(1); let _guard = lock.read().unwrap(); lock.try_read().map(|guard| *guard).unwrap() };
        { let lock = RwLock::new(1); let guard: RwLockReadGuard<'_, i32> = lock.read().unwrap(); *guard };
        { let lock = RwLock::new(1); let mut guard: RwLockWriteGuard<'_, i32> = lock.write().unwrap(); *guard += 1; *guard };
        poisoned_rw();
        Arc::into_inner(poisoned_rw()).unwrap().into_inner().is_err();
        *poisoned_rw().read().unwrap_or_else(PoisonError::into_inner);
        panicked(|| drop(poisoned_rw().write().unwrap()));
        read_and_panicked().is_poisoned();
        read_and_panicked().write().map(|guard| *guard).unwrap();
        { let lock = &RwLock::new(0); thread::scope(|scope| { for _ in 0..3 { scope.spawn(|| *lock.write().unwrap() += 1); } scope.spawn(|| drop(lock.read())).join().is_ok() }) };
    }
}

fn poison() {
    show! {
        PoisonError::new(1).into_inner();
        *PoisonError::new(1).get_ref();
        { let mut error = PoisonError::new(1); *error.get_mut() += 1; error.into_inner() };
        PoisonError::new(1);
        PoisonError::new(1).to_string();
        { let error: TryLockError<i32> = TryLockError::WouldBlock; (error.to_string(), format!("{error:?}")) };
        { let error: TryLockError<i32> = PoisonError::new(1).into(); (error.to_string(), format!("{error:?}")) };
        { let error: Box<dyn std::error::Error> = Box::new(PoisonError::new(1)); error.to_string() };
        { let result: LockResult<i32> = Err(PoisonError::new(2)); result.unwrap_or_else(PoisonError::into_inner) };
        { let result: TryLockResult<i32> = Err(TryLockError::Poisoned(PoisonError::new(2))); result.is_err() };
        { fn locked(lock: &Mutex<u8>) -> std::result::Result<u8, PoisonError<MutexGuard<'_, u8>>> { Ok(*lock.lock()?) } locked(&Mutex::new(3)).unwrap() };
        { fn tried(lock: &Mutex<u8>) -> std::result::Result<u8, TryLockError<MutexGuard<'_, u8>>> { Ok(*lock.try_lock()?) } tried(&Mutex::new(3)).unwrap() };
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
        { let lock = Mutex::new(1); drop(CONDVAR.wait_while(lock.lock().unwrap(), |value| { *value += 1; *value < 4 && false }).unwrap()); lock };
        { let lock = Mutex::new(1); let (mut guard, _) = CONDVAR.wait_timeout(lock.lock().unwrap(), Duration::ZERO).unwrap(); *guard = 7; *guard };
        { let pair = &(Mutex::new(0), Condvar::new()); thread::scope(|scope| { for _ in 0..3 { scope.spawn(move || { *pair.0.lock().unwrap() += 1; pair.1.notify_all(); }); } let guard = pair.1.wait_while(pair.0.lock().unwrap(), |count| *count < 3).unwrap(); *guard }) };
        { let pair = &(Mutex::new(false), Condvar::new()); thread::scope(|scope| { scope.spawn(move || { *pair.0.lock().unwrap() = true; pair.1.notify_one(); }); let (guard, result) = pair.1.wait_timeout_while(pair.0.lock().unwrap(), LONG, |ready| !*ready).unwrap(); (*guard, result.timed_out()) }) };
        { let lock = poisoned(Arc::new(Mutex::new(1))); let guard = lock.lock().unwrap_or_else(PoisonError::into_inner); let poisons = CONDVAR.wait_timeout(guard, MS).is_err(); poisons };
        { let lock = Mutex::new(1); let result: WaitTimeoutResult = CONDVAR.wait_timeout(lock.lock().unwrap(), MS).unwrap().1; let same = result; result == same };
    }
}
