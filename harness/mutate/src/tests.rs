//! Each operator, before and after; the names; the whole of it on the shipped solutions.

use std::{collections::BTreeSet, fs, path::Path};

use super::*;

/// An operator, the body of a function, and what it makes of it.
type Row = (&'static str, &'static str, &'static [&'static str]);

const TABLE: &[Row] = &[
    (
        "drop-lock",
        "let _first = self.a.lock().unwrap(); eat();",
        &["let _ = self.a.lock().unwrap(); eat();"],
    ),
    (
        "drop-lock",
        "let _permit = permits.acquire().await; fetch().await",
        &["let _ = permits.acquire().await; fetch().await"],
    ),
    ("drop-lock", "let mut held = a.lock().unwrap(); *held = 1;", &[]),
    (
        "split-lock",
        "let mut held = a.lock().unwrap(); if *held < 3 { return; } *held -= 3;",
        &[
            "let mut held = a.lock().unwrap(); if *held < 3 { return; } \
             drop(held); let mut held = a.lock().unwrap(); *held -= 3;",
            "let mut held = a.lock().unwrap(); if *held < 3 { return; } \
             let before = *held; drop(held); let mut held = a.lock().unwrap(); *held = before - (3);",
        ],
    ),
    (
        "split-lock",
        "let held = cv.wait_while(a.lock().unwrap(), full); let mut held = held.unwrap(); held.push(1);",
        &[
            "let held = cv.wait_while(a.lock().unwrap(), full); let mut held = held.unwrap(); \
             drop(held); let mut held = a.lock().unwrap(); held.push(1);",
        ],
    ),
    (
        "split-lock",
        "*a.lock().unwrap() += 1;",
        &["{ let before = *a.lock().unwrap(); *a.lock().unwrap() = before + (1); }"],
    ),
    (
        "narrow-lock",
        "let mut held = a.lock().unwrap(); held.push(1); log(); save();",
        &["let mut held = a.lock().unwrap(); held.push(1); drop(held); log(); save();"],
    ),
    (
        "narrow-lock",
        "let held = a.lock().unwrap(); log(); held.len()",
        &["log(); let held = a.lock().unwrap(); held.len()"],
    ),
    (
        "narrow-lock",
        "let mut held = a.lock().unwrap(); held.push(1); cv.notify_one(); Ok(())",
        &[],
    ),
    (
        "widen-lock",
        "*a.lock().unwrap() = true; save();",
        &["let mut held = a.lock().unwrap(); *held = true; save();"],
    ),
    ("widen-lock", "*a.lock().unwrap() = true; cv.notify_all();", &[]),
    (
        "widen-lock",
        "work(); let held = a.lock().unwrap(); held.len()",
        &["let held = a.lock().unwrap(); work(); held.len()"],
    ),
    ("widen-lock", "let w = cv.wait(a.lock().unwrap()).is_ok(); w", &[]),
    (
        "swap-locks",
        "let one = a.lock().unwrap(); let other = b.lock().unwrap(); *one + *other",
        &["let other = b.lock().unwrap(); let one = a.lock().unwrap(); *one + *other"],
    ),
    (
        "split-atomic",
        "n.fetch_add(1, Ordering::Relaxed) + 1",
        &["({ let before = n.load(::std::sync::atomic::Ordering::SeqCst); \
             n.store(before + (1), ::std::sync::atomic::Ordering::SeqCst); before }) + 1"],
    ),
    (
        "split-atomic",
        "n.compare_exchange(old, new, Ordering::AcqRel, Ordering::Acquire)",
        &[
            "({ let before = n.load(::std::sync::atomic::Ordering::SeqCst); if before == (old) { \
             n.store(new, ::std::sync::atomic::Ordering::SeqCst); Ok(before) } else { Err(before) } })",
        ],
    ),
    (
        "split-atomic",
        "n.fetch_update(a, b, |n| Some(n + 1))",
        &[
            "({ let before = n.load(::std::sync::atomic::Ordering::SeqCst); match (|n| Some(n + 1))(before) { \
             Some(after) => { n.store(after, ::std::sync::atomic::Ordering::SeqCst); Ok(before) } \
             None => Err(before) } })",
        ],
    ),
    ("split-atomic", "mem::swap(a, b); a.swap(1, 2)", &[]),
    (
        "if-for-while",
        "while *free == 0 { free = freed.wait(free).unwrap(); }",
        &["if *free == 0 { free = freed.wait(free).unwrap(); }"],
    ),
    (
        "if-for-while",
        "cv.wait_while(held, |open| !*open)",
        &[
            "({ fn look<T>(held: &mut T, mut must_wait: impl FnMut(&mut T) -> bool) -> bool { must_wait(held) } \
             let mut held = held; if look(&mut *held, |open| !*open) { cv.wait(held) } else { Ok(held) } })",
        ],
    ),
    ("if-for-while", "while n > 0 { n -= 1; }", &[]),
    ("notify-one", "cv.notify_all();", &["cv.notify_one();"]),
    ("notify-one", "cv.notify_one();", &[]),
    ("drop-notify", "open(); cv.notify_all();", &["open(); "]),
    (
        "run-here",
        "scope.spawn(|| job(1));",
        &["({ let ended = (|| job(1))(); scope.spawn(move || ended) });"],
    ),
    (
        "run-here",
        "jobs.map(thread::spawn)",
        &["jobs.map(|job| { let ended = job(); thread::spawn(move || ended) })"],
    ),
    (
        "join-at-once",
        "let threads: Vec<_> = jobs.map(|job| scope.spawn(job)).collect(); join(threads);",
        &["let threads = jobs.map(|job| scope.spawn(job)); join(threads);"],
    ),
    (
        "join-at-once",
        "let all: Vec<_> = jobs.map(run).collect(); all",
        &[],
    ),
    (
        "await-in-sequence",
        "tokio::join!(a(), b)",
        &["((a()).await, (b).await, )"],
    ),
    (
        "await-in-sequence",
        "try_join!(a, b);",
        &["async { Ok(((a).await?, (b).await?, )) }.await;"],
    ),
    (
        "await-in-sequence",
        "join_all(futures).await",
        &["({ let mut all = Vec::new(); for future in futures { all.push(future.await); } all })"],
    ),
    (
        "await-in-sequence",
        "tasks.spawn(fetch(url));",
        &["({ let ended = (fetch(url)).await; tasks.spawn(async move { ended }) });"],
    ),
    ("drop-await", "sleep(delay).await;", &["sleep(delay);"]),
    (
        "remove-bound",
        "n.min(4) > a && open",
        &["open", "n > a && open", "n.min(4) > a"],
    ),
    ("remove-bound", "option.take()", &[]),
    (
        "remove-bound",
        "Semaphore::new(limit)",
        &["Semaphore::new(usize::MAX >> 3)"],
    ),
    ("remove-bound", "if n > 3 { return; } act()", &[" act()"]),
    ("remove-bound", "if n > 3 { look(); } act()", &[]),
    ("ignore-error", "look()?; act()", &["let _ = look(); act()"]),
    (
        "ignore-error",
        "thread.join().ok();",
        &["thread.join().unwrap();"],
    ),
    (
        "ignore-error",
        "match ended { Ok(n) => add(n), Err(panic) => resume(panic), }",
        &["match ended { Ok(n) => add(n), Err(_) => {}, }"],
    ),
    (
        "ignore-error",
        "catch_unwind(AssertUnwindSafe(job))",
        &["Ok((job)())"],
    ),
    (
        "ignore-error",
        "lock().unwrap_or_else(PoisonError::into_inner)",
        &["lock().unwrap()"],
    ),
    (
        "same-arm",
        "match order { Less => a(), _ => b() }",
        &[
            "match order { Less => b(), _ => b() }",
            "match order { Less => a(), _ => a(), }",
        ],
    ),
    (
        "negate",
        "if open { go() } while !full() {}",
        &[
            "if !(open) { go() } while !full() {}",
            "if open { go() } while full() {}",
        ],
    ),
    (
        "negate",
        "cv.wait_while(held, |held| held.full); a == b",
        &[
            "cv.wait_while(held, |held| !(held.full)); a == b",
            "cv.wait_while(held, |held| held.full); a != b",
        ],
    ),
    ("negate", "if let Some(n) = n {}", &[]),
    ("off-by-one", "a < b", &["a <= b"]),
    ("off-by-one", "n + 1_u32", &["n + 0u32"]),
    (
        "off-by-one",
        "for n in 0..m {}",
        &["for n in 1..m {}", "for n in 0..=m {}"],
    ),
    (
        "swap-statements",
        "*open = true; cv.notify_all(); open",
        &["cv.notify_all(); *open = true; open"],
    ),
    ("swap-statements", "let a = 1; act(); return;", &[]),
    (
        "swap-statements",
        "a += 1; b -= 1; one.notify_one(); other.notify_one();",
        &["a += 1; one.notify_one(); b -= 1; other.notify_one();"],
    ),
    (
        "swap-statements",
        "let mut held = a.lock().unwrap(); held.push(1); cv.notify_one();",
        &[],
    ),
    (
        "remove-statement",
        "a(); let b = c(); b += 1; cv.notify_one(); d()",
        &[
            " let b = c(); b += 1; cv.notify_one(); d()",
            "a(); let b = c();  cv.notify_one(); d()",
        ],
    ),
    ("remove-statement", "let a = b(); drop(a);", &[]),
];

const BEFORE: &str = "async fn f() { ";

/// What an operator makes of the body of a function.
fn made(operator: &str, body: &str) -> Vec<String> {
    // Async only where it makes a difference.
    let begin = match operator.contains("await") || body.contains("await") {
        true => BEFORE,
        false => &BEFORE["async ".len()..],
    };
    let made = mutants(&format!("{begin}{body} }}"), "").unwrap();
    let by_operator = made.mutants.into_iter();
    by_operator
        .filter(|mutant| mutant.name.starts_with(&format!("{operator}:f:")))
        .map(|mutant| mutant.text[begin.len()..mutant.text.len() - 2].to_owned())
        .collect()
}

#[test]
fn each_operator_makes_its_mistake() {
    // White space aside.
    let words = |text: &str| text.split_whitespace().collect::<String>();
    for (operator, before, after) in TABLE {
        let made: Vec<String> = made(operator, before).iter().map(|made| words(made)).collect();
        let after: Vec<String> = after.iter().map(|after| words(after)).collect();
        assert_eq!(made, after, "{operator}: {before}");
    }
}

#[test]
fn each_operator_is_in_the_table() {
    let tested: BTreeSet<&str> = TABLE.iter().map(|(operator, ..)| *operator).collect();
    let all: BTreeSet<&str> = OPERATORS.iter().map(|operator| operator.name).collect();
    assert_eq!(tested, all);
}

fn names(text: &str) -> Vec<String> {
    let made = mutants(text, "").unwrap();
    made.mutants.into_iter().map(|mutant| mutant.name).collect()
}

#[test]
fn a_name_stays_when_other_items_change() {
    let before = "struct A; impl A { fn f() { a(); b(); } } impl Drop for A { fn drop(&mut self) { c(); } }";
    assert_eq!(
        names(before),
        [
            "swap-statements:A::f:1",
            "remove-statement:A::f:1",
            "remove-statement:A::f:2",
            "remove-statement:A::Drop::drop:1",
        ]
    );
    let more = format!("fn g() {{ x(); }} mod m {{ fn f() {{ y(); }} }} {before}");
    let more = names(&more);
    assert!(names(before).iter().all(|name| more.contains(name)));
    assert!(more.contains(&"remove-statement:m::f:1".to_owned()));
}

#[test]
fn a_name_says_in_which_module_it_is() {
    let made = mutants("fn f() { a(); }", "bank::").unwrap();
    assert_eq!(made.mutants[0].name, "remove-statement:bank::f:1");
}

#[test]
fn what_is_common_has_a_cap() {
    let sum = "a < b; ".repeat(20);
    let made = mutants(&format!("fn f() {{ {sum} }}"), "").unwrap();
    let off = made
        .mutants
        .iter()
        .filter(|mutant| mutant.name.starts_with("off-by-one"));
    assert_eq!(off.count(), 6);
    assert!(made.left_out >= 14);
}

#[test]
fn unit_tests_are_not_mutated() {
    assert_eq!(
        names("#[cfg(test)] mod tests { fn f() { a(); } } #[test] fn t() { a(); }"),
        [""; 0]
    );
}

#[test]
fn what_is_no_rust_has_a_line() {
    assert_eq!(mutants("fn f() {}\nfn {", "").unwrap_err().line, 2);
}

#[test]
fn text_beyond_ascii_stays_in_place() {
    let made = mutants("/// Größe → „mehr“\nfn f() { a(\"ä\"); b(); } // ü\n", "").unwrap();
    let removed = made
        .mutants
        .iter()
        .find(|mutant| mutant.name == "remove-statement:f:1")
        .unwrap();
    assert_eq!(removed.text, "/// Größe → „mehr“\nfn f() {  b(); } // ü\n");
    assert_eq!((removed.line, &*removed.says), (2, "`a(\"ä\");` is left out"));
}

/// Every mutant of the course can be parsed, differs from the solution, and has a name of its own; and there are not too many.
#[test]
fn the_solutions_of_the_course_have_mutants() {
    let solutions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../solutions");
    for folder in fs::read_dir(solutions).unwrap() {
        let sources = fs::read_dir(folder.unwrap().path().join("src")).unwrap();
        let texts = sources.map(|source| fs::read_to_string(source.unwrap().path()).unwrap());
        let mut number = 0;
        for text in texts {
            let made = mutants(&text, "").unwrap();
            assert_eq!(made, mutants(&text, "").unwrap());
            number += made.mutants.len();
            let names: BTreeSet<_> = made.mutants.iter().map(|mutant| &mutant.name).collect();
            assert_eq!(names.len(), made.mutants.len());
            for mutant in &made.mutants {
                assert_ne!(mutant.text, text);
                assert!(syn::parse_file(&mutant.text).is_ok(), "{}", mutant.diff);
            }
        }
        assert!((1..=100).contains(&number), "{number}");
    }
}
