//! Marks a key while somebody computes it, under a guard that takes the mark away if there is a panic.

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
        let mark = Mark {
            cache: self,
            key: &key,
        };
        let value = compute(&key);
        self.values
            .lock()
            .unwrap()
            .insert(key.clone(), Some(value.clone()));
        drop(mark);
        value
    }
}

/// Wakes whoever waits for the key; and if there is no value by then, takes the mark away.
struct Mark<'a, K: Ord, V> {
    cache: &'a Cache<K, V>,
    key: &'a K,
}

impl<K: Ord, V> Drop for Mark<'_, K, V> {
    fn drop(&mut self) {
        let mut values = self.cache.values.lock().unwrap();
        if let Some(None) = values.get(self.key) {
            values.remove(self.key);
        }
        self.cache.changed.notify_all();
    }
}
