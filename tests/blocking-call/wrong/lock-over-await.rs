//! The lock is held over the await.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::task::spawn_blocking;

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
        let mut known = self.known();
        if let Some(meaning) = known.get(word) {
            return meaning.clone();
        }
        let (look_up, asked) = (Arc::clone(&self.look_up), word.to_owned());
        let meaning = spawn_blocking(move || look_up(&asked)).await.unwrap();
        known.insert(word.to_owned(), meaning.clone());
        meaning
    }

    /// What is known, locked. Nothing panics under the lock.
    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
