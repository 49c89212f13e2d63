//! Locks in the head of a `match`: that guard lives to the end of the match, and the lock inside waits for it.

use std::collections::BTreeMap;
use std::sync::Mutex;

#[derive(Debug, Default)]
pub struct Cache<K, V> {
    values: Mutex<BTreeMap<K, V>>,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    pub fn new() -> Self {
        Self {
            values: Mutex::new(BTreeMap::new()),
        }
    }

    pub fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> V {
        match self.values.lock().unwrap().get(&key) {
            Some(value) => value.clone(),
            None => {
                let value = compute(&key);
                self.values.lock().unwrap().entry(key).or_insert(value).clone()
            }
        }
    }
}
