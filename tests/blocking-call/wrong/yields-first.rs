//! Gives way once, and then blocks all the same.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Gives the meaning of a word, and blocks its thread until it has it.
type LookUp = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// A dictionary that remembers what it has been asked.
pub struct Dictionary {
    look_up: LookUp,
    known: Mutex<HashMap<String, String>>,
}

impl Dictionary {
    /// A dictionary that knows nothing yet.
    pub fn new(look_up: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Dictionary {
            look_up: Arc::new(look_up),
            known: Mutex::default(),
        }
    }

    /// The meaning of `word`: the one that is known, or else the one that is looked up.
    pub async fn meaning(&self, word: &str) -> String {
        let known = self.known().get(word).cloned();
        if let Some(meaning) = known {
            return meaning;
        }
        tokio::task::yield_now().await;
        let meaning = (self.look_up)(word);
        self.known().insert(word.to_owned(), meaning.clone());
        meaning
    }

    /// What is known, locked. Nothing panics under the lock.
    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
