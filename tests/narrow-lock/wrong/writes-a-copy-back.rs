//! Takes a copy of the map, adds to it without the lock, and writes it back: what others stored meanwhile is gone.

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
        let mut values = self.values.lock().unwrap().clone();
        if let Some(value) = values.get(&key) {
            return value.clone();
        }
        let value = compute(&key);
        values.insert(key, value.clone());
        *self.values.lock().unwrap() = values;
        value
    }
}
