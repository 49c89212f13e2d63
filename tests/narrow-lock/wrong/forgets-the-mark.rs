//! Marks the key as being computed, and lets the others wait: if the computation panics, the mark stays for ever.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex};

#[derive(Debug, Default)]
pub struct Cache<K, V> {
    values: Mutex<BTreeMap<K, Option<V>>>,
    changed: Condvar,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    pub fn new() -> Self {
        Self {
            values: Mutex::new(BTreeMap::new()),
            changed: Condvar::new(),
        }
    }

    pub fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> V {
        let mut values = self.values.lock().unwrap();
        loop {
            match values.get(&key) {
                Some(Some(value)) => return value.clone(),
                // Somebody is at it.
                Some(None) => values = self.changed.wait(values).unwrap(),
                None => break,
            }
        }
        values.insert(key.clone(), None);
        drop(values);
        let value = compute(&key);
        self.values.lock().unwrap().insert(key, Some(value.clone()));
        self.changed.notify_all();
        value
    }
}
