//! Calls `compute` in the argument of `or_insert`: the lock is taken before the argument is worked out.

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
        self.values
            .lock()
            .unwrap()
            .entry(key.clone())
            .or_insert(compute(&key))
            .clone()
    }
}
