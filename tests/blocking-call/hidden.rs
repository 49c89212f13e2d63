//! What a `Dictionary` must do: look up what it does not know, and hold nobody up.

use std::sync::{
    Arc, Barrier, Mutex,
    atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
    mpsc,
};

use blocking_call::Dictionary;
use kata_test::prelude::*;
use tokio::task::yield_now;

/// Blocks its thread, for a moment: on the event loop it is found out.
fn block() {
    Barrier::new(1).wait();
}

fn reversed(word: &str) -> String {
    word.chars().rev().collect()
}

#[kata_test::test]
async fn a_word_gets_its_meaning() {
    let dictionary = Dictionary::new(|word| {
        block();
        reversed(word)
    });
    for (word, meaning) in [("stressed", "desserts"), ("drawer", "reward"), ("", "")] {
        check_eq!(dictionary.meaning(word).await, meaning, "the meaning of {word:?}");
    }
}

#[kata_test::test]
async fn the_others_go_on_meanwhile() {
    // The look-up ends only after another task had its turns.
    let (open, gate) = mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    let dictionary = Dictionary::new(move |word| {
        let gate = gate.lock().expect("nothing panics under it");
        gate.recv().expect("somebody opens it");
        reversed(word)
    });
    let turns = tokio::spawn(async move {
        for _ in 0..10 {
            yield_now().await;
        }
        open.send(()).is_ok()
    });
    check_eq!(
        dictionary.meaning("drawer").await,
        "reward",
        "the meaning of a word"
    );
    check!(
        turns.await.expect("it does not panic"),
        "nobody waited for the look-up when the other task was done"
    );
}

#[kata_test::test]
async fn two_words_are_looked_up_at_once() {
    // Each look-up waits until the other one is under way.
    let meet = Barrier::new(2);
    let dictionary = Dictionary::new(move |word| {
        meet.wait();
        reversed(word)
    });
    let (one, other) = tokio::join!(dictionary.meaning("drawer"), dictionary.meaning("stressed"));
    check_eq!((&*one, &*other), ("reward", "desserts"), "two words at once");
}

#[kata_test::test]
async fn what_is_known_is_not_looked_up_again() {
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let dictionary = Dictionary::new(move |word| {
        block();
        count.fetch_add(1, SeqCst);
        reversed(word)
    });
    for word in ["drawer", "stressed", "drawer", "stressed", "drawer"] {
        check_eq!(
            dictionary.meaning(word).await,
            reversed(word),
            "the meaning of {word:?}"
        );
    }
    check_eq!(
        asked.load(SeqCst),
        2,
        "look-ups for two words that were asked for five times"
    );
}

#[kata_test::test]
async fn what_is_known_never_waits() {
    let (open, gate) = mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    let open_from_now = Arc::new(AtomicBool::new(true));
    let is_open = Arc::clone(&open_from_now);
    let dictionary = Dictionary::new(move |word| {
        if !is_open.load(SeqCst) {
            let gate = gate.lock().expect("nothing panics under it");
            gate.recv().expect("somebody opens it");
        }
        reversed(word)
    });
    check_eq!(
        dictionary.meaning("drawer").await,
        "reward",
        "a word, for the first time"
    );
    open_from_now.store(false, SeqCst);
    let another = dictionary.meaning("stressed");
    let known = async {
        // The other look-up has begun.
        yield_now().await;
        let meaning = dictionary.meaning("drawer").await;
        open.send(()).expect("the look-up still waits");
        meaning
    };
    let (another, known) = tokio::join!(another, known);
    check_eq!(
        (&*another, &*known),
        ("desserts", "reward"),
        "a word that is known while another one is looked up"
    );
}
