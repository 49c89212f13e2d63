//! Has the three steps, and one guard for all of them: it lives to the end of the function, and the work is done under it.

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
        let mut values = self.values.lock().unwrap();
        if let Some(value) = values.get(&key) {
            return value.clone();
        }
        let value = compute(&key);
        values.insert(key, value.clone());
        value
    }
}
