//! A lock that lets those who look up in together; it is taken for as short a time as any other.

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
        let known = self.values.read().unwrap().get(&key).cloned();
        known.unwrap_or_else(|| {
            let value = compute(&key);
            let mut values = self.values.write().unwrap();
            values.entry(key).or_insert(value).clone()
        })
    }
}
