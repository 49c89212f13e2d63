//! Keeps a read guard while it computes: other readers are welcome, but nobody can write, not even itself further in.

use std::collections::BTreeMap;
use std::sync::RwLock;

#[derive(Debug, Default)]
pub struct Cache<K, V> {
    values: RwLock<BTreeMap<K, V>>,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    pub fn new() -> Self {
        Self {
            values: RwLock::new(BTreeMap::new()),
        }
    }

    pub fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> V {
        let values = self.values.read().unwrap();
        if let Some(value) = values.get(&key) {
            return value.clone();
        }
        let value = compute(&key);
        drop(values);
        let mut values = self.values.write().unwrap();
        values.entry(key).or_insert(value).clone()
    }
}
