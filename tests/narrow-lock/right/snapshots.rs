//! Looks up in a snapshot that never changes, and puts a new one in its place to store: the lock is held for an `Arc`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

#[derive(Debug, Default)]
pub struct Cache<K, V> {
    values: Mutex<Arc<BTreeMap<K, V>>>,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    pub fn new() -> Self {
        Self {
            values: Mutex::new(Arc::new(BTreeMap::new())),
        }
    }

    pub fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> V {
        let snapshot = Arc::clone(&self.values.lock().unwrap());
        if let Some(value) = snapshot.get(&key) {
            return value.clone();
        }
        let value = compute(&key);
        let mut values = self.values.lock().unwrap();
        if let Some(first) = values.get(&key) {
            return first.clone();
        }
        let mut next = BTreeMap::clone(&values);
        next.insert(key, value.clone());
        *values = Arc::new(next);
        value
    }
}
