//! Looks again before it stores, and lets the lock go in between: two looks, and the same gap as after one.

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
        if let Some(value) = self.look_up(&key) {
            return value;
        }
        let value = compute(&key);
        if let Some(first) = self.look_up(&key) {
            return first;
        }
        self.values.lock().unwrap().insert(key, value.clone());
        value
    }

    fn look_up(&self, key: &K) -> Option<V> {
        self.values.lock().unwrap().get(key).cloned()
    }
}
