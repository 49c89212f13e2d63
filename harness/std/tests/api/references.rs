// References to what is shared. They are std's own on the one facade, and counted on the other.

fn references() {
    show! {
        { let one = Arc::new(1); let two = Arc::clone(&one); (Arc::strong_count(&one), Arc::weak_count(&two), Arc::ptr_eq(&one, &two)) };
        { let one = Arc::new(1); let weak: Weak<i32> = Arc::downgrade(&one); (weak.upgrade(), weak.strong_count(), weak.weak_count(), Arc::weak_count(&one)) };
        { let weak = Arc::downgrade(&Arc::new(1)); (weak.upgrade(), weak.strong_count(), weak.weak_count()) };
        { let weak: Weak<u8> = Weak::new(); (weak.upgrade(), weak.strong_count(), weak.clone().ptr_eq(&Weak::default()), format!("{weak:?}")) };
        Arc::try_unwrap(Arc::new(String::from("x")));
        { let one = Arc::new(1); let two = Arc::clone(&one); (Arc::try_unwrap(one), Arc::into_inner(two)) };
        { let one = Arc::new(1); let two = Arc::clone(&one); (Arc::into_inner(one), Arc::into_inner(two)) };
        { let mut one = Arc::new(1); *Arc::get_mut(&mut one).unwrap() += 1; let two = Arc::clone(&one); (Arc::get_mut(&mut one).is_none(), two) };
        { let mut one = Arc::new(vec![1]); let two = Arc::clone(&one); Arc::make_mut(&mut one).push(2); (one, two) };
        { let mut one = Arc::new(vec![1]); let weak = Arc::downgrade(&one); Arc::make_mut(&mut one).push(2); (one, weak.upgrade()) };
        { let one = Arc::new(vec![1]); let two = Arc::clone(&one); (Arc::unwrap_or_clone(one), Arc::unwrap_or_clone(two)) };
        Arc::new_cyclic(|weak: &Weak<u8>| { assert!(weak.upgrade().is_none()); 3 });
        *Arc::pin(4);
        Arc::as_ptr(&Arc::new(1)).is_null();
        Weak::<u8>::new().as_ptr().is_null();
        (Arc::<str>::from("text"), Arc::<str>::from(String::from("text")), Arc::<[u8]>::from(vec![1, 2]), Arc::<[u8]>::from([1, 2]), Arc::<[u8]>::from(&[1, 2][..]));
        (Arc::from(3), Arc::<u8>::from(Box::new(3)), Arc::<u8>::default(), Arc::<str>::default(), Arc::<[u8]>::default());
        (1..4).collect::<Arc<[i32]>>();
        { let list: Arc<[i32]> = Arc::from(vec![1, 2]); let array: std::result::Result<Arc<[i32; 2]>, _> = list.clone().try_into(); (array, Arc::strong_count(&list)) };
        { let text: Arc<str> = "text".into(); let bytes: Arc<[u8]> = text.into(); bytes };
        { let cow: std::borrow::Cow<'_, str> = "text".into(); Arc::<str>::from(cow) };
        { let path: Arc<std::path::Path> = std::path::Path::new("a/b").into(); path };
        (Arc::new(1) == Arc::new(1), Arc::new(1) < Arc::new(2), Arc::new(1).cmp(&Arc::new(0)), Arc::new(1).max(Arc::new(2)));
        { let set: std::collections::HashSet<Arc<u8>> = [Arc::new(1), Arc::new(1)].into(); set.len() };
        { let map: std::collections::BTreeMap<Arc<str>, u8> = [("a".into(), 1)].into(); map.get("a").copied() };
        (format!("{} {:?}", Arc::new(1), Arc::new("x")), format!("{:p}", Arc::new(1)).starts_with("0x"));
        { fn length(text: impl AsRef<str>) -> usize { text.as_ref().len() } length(Arc::<str>::from("abc")) };
        { let shared: Arc<Mutex<u8>> = Arc::default(); *shared.lock().unwrap() += 1; shared };
        { let error: Box<dyn std::error::Error + Send + Sync> = Box::new(Arc::new(RecvError)); error.to_string() };
        { let ended = Arc::new(AtomicUsize::new(0)); let loud = Arc::new(Loud(Arc::clone(&ended))); let same = Arc::clone(&loud); drop(loud); let before = ended.load(Ordering::SeqCst); drop(same); (before, ended.load(Ordering::SeqCst)) };
        { let list = Arc::new(Mutex::new(vec![0; 3])); let all: Vec<_> = (0..3).map(|n| { let list = Arc::clone(&list); thread::spawn(move || list.lock().unwrap()[n] = n) }).collect(); for one in all { one.join().unwrap(); } Arc::try_unwrap(list).unwrap().into_inner().unwrap() };
        { let (a, b); a = Cell::new(1); b = Arc::new(&a); b.set(2); a.get() };
        { let (b, a); a = Cell::new(1); b = Arc::new(&a); b.set(3); a.get() };
    }
}
