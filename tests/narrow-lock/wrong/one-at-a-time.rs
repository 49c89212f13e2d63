//! Takes a second lock around the work, so that nothing is computed twice: now nothing is computed at the same time.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

#[derive(Debug, Default)]
pub struct Cache<K, V> {
    values: Mutex<BTreeMap<K, V>>,
    computing: Mutex<()>,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    pub fn new() -> Self {
        Self {
            values: Mutex::new(BTreeMap::new()),
            computing: Mutex::new(()),
        }
    }

    pub fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> V {
        if let Some(value) = self.look_up(&key) {
            return value;
        }
        let _computing = self.computing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = self.look_up(&key) {
            return value;
        }
        let value = compute(&key);
        self.values.lock().unwrap().insert(key, value.clone());
        value
    }

    fn look_up(&self, key: &K) -> Option<V> {
        self.values.lock().unwrap().get(key).cloned()
    }
}
