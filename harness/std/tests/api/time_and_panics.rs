// Time, panics and hints.

fn time() {
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
        { let start = Instant::now(); let later = start + MS; (later > start, later - start, later.duration_since(start), start.checked_duration_since(later), later.saturating_duration_since(start)) };
        { let start = Instant::now(); (start.cmp(&start), start.max(start + MS) == start + MS, start == start.clone()) };
        { let start = Instant::now(); (start + LONG).checked_sub(LONG) == Some(start) };
        { let mut moment = Instant::now(); let start = moment; moment += LONG; moment -= MS; moment - start };
        format!("{:?}", Instant::now()).starts_with("Instant");
        Instant::now().checked_sub(Duration::MAX);
        panicked(|| Instant::now() + Duration::MAX);
        panicked(|| Instant::now() - Duration::MAX);
        UNIX_EPOCH.checked_add(LONG).unwrap().duration_since(UNIX_EPOCH);
        (UNIX_EPOCH + MS).elapsed().is_ok();
        UNIX_EPOCH.duration_since(UNIX_EPOCH + MS).map_err(|error: std::time::SystemTimeError| error.duration());
        Duration::try_from_secs_f64(-1.0).map_err(|error: std::time::TryFromFloatSecsError| error.to_string());
    }
}

fn panics_and_hints() {
    show! {
        std::hint::black_box(1);
        std::hint::spin_loop();
        panic::catch_unwind(|| 1).unwrap();
        panic::catch_unwind(|| panic::resume_unwind(Box::new(3))).unwrap_err().downcast_ref::<i32>().copied();
        panic::catch_unwind(|| panic::panic_any(4)).unwrap_err().downcast_ref::<i32>().copied();
        Location::caller().line() > 0;
        vec![1, 2].iter().map(|value| value + 1).collect::<std::collections::BTreeSet<_>>();
        std::mem::size_of::<std::num::NonZeroU8>();
        panic::catch_unwind(AssertUnwindSafe(|| panic!("{}", 1))).unwrap_err().downcast_ref::<String>().cloned();
        { #[track_caller] fn line() -> u32 { Location::caller().line() } line() == line!() };
        { let place = Location::caller(); (place.column() > 0, place.file().is_empty(), place.to_string().contains(':')) };
        { fn safe(_: &(impl UnwindSafe + RefUnwindSafe)) {} safe(&Mutex::new(1)); safe(&AtomicU8::new(1)); safe(&RwLock::new(Cell::new(1))) };
        { fn told(info: &panic::PanicHookInfo<'_>) -> Option<String> { info.payload_as_str().map(|text| format!("{text} {:?} {}", info.location(), info.payload().is::<u8>())) } let _ = told as fn(&panic::PanicHookInfo<'_>) -> Option<String>; };
        { #[allow(deprecated)] fn old(_: &panic::PanicInfo<'_>) {} let _ = old as fn(&panic::PanicInfo<'_>); };
        { let mut wrapped = AssertUnwindSafe(3); *wrapped += 1; *wrapped };
        std::hint::select_unpredictable(true, 1, 2);
        if std::hint::black_box(true) { 1 } else { std::hint::cold_path(); 2 };
        { let value = Some(3); match value { Some(value) => value, None => unsafe { std::hint::unreachable_unchecked() } } };
        { let value = 3; unsafe { std::hint::assert_unchecked(value > 2) }; value };
        panicked(|| std::hint::black_box(Vec::<u8>::new())[0]);
        std::process::id() > 0;
    }
}
