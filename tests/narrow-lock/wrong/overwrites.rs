//! Stores what it computed, whatever is there by now: two threads have two values for one key.

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
        let known = self.values.lock().unwrap().get(&key).cloned();
        if let Some(value) = known {
            return value;
        }
        let value = compute(&key);
        self.values.lock().unwrap().insert(key, value.clone());
        value
    }
}
