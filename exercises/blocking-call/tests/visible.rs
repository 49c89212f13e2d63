//! Tests to run while you work: `cargo test -p blocking-call`. `kata check` runs more.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use blocking_call::Dictionary;

#[tokio::test]
async fn a_word_is_looked_up_once() {
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let dictionary = Dictionary::new(move |word| {
        count.fetch_add(1, SeqCst);
        format!("what one calls a {word}")
    });
    for _ in 0..2 {
        assert_eq!(dictionary.meaning("crab").await, "what one calls a crab");
    }
    assert_eq!(asked.load(SeqCst), 1);
}

#[tokio::test]
async fn it_is_looked_up_on_another_thread() {
    let here = thread::current().id();
    let dictionary = Dictionary::new(move |_| (thread::current().id() != here).to_string());
    assert_eq!(dictionary.meaning("crab").await, "true");
}
