//! With a lock of tokio's, which is not held while a word is looked up.

use std::{collections::HashMap, sync::Arc};

use tokio::task::spawn_blocking;

/// Gives the meaning of a word, and blocks its thread until it has it.
type LookUp = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// A dictionary that remembers what it has been asked.
pub struct Dictionary {
    look_up: LookUp,
    known: tokio::sync::Mutex<HashMap<String, String>>,
}

impl Dictionary {
    /// A dictionary that knows nothing yet.
    pub fn new(look_up: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Dictionary {
            look_up: Arc::new(look_up),
            known: tokio::sync::Mutex::default(),
        }
    }

    /// The meaning of `word`: the one that is known, or else the one that is looked up.
    pub async fn meaning(&self, word: &str) -> String {
        if let Some(meaning) = self.known.lock().await.get(word) {
            return meaning.clone();
        }
        let (look_up, asked) = (Arc::clone(&self.look_up), word.to_owned());
        let meaning = spawn_blocking(move || look_up(&asked)).await.unwrap();
        self.known.lock().await.insert(word.to_owned(), meaning.clone());
        meaning
    }
}
