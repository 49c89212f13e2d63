//! A slot for each key, found under the lock and filled outside: whoever comes second waits for that slot only.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

#[derive(Debug, Default)]
pub struct Cache<K, V> {
    slots: Mutex<BTreeMap<K, Arc<OnceLock<V>>>>,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    pub fn new() -> Self {
        Self {
            slots: Mutex::new(BTreeMap::new()),
        }
    }

    pub fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> V {
        let slot = {
            let mut slots = self.slots.lock().unwrap();
            Arc::clone(slots.entry(key.clone()).or_default())
        };
        slot.get_or_init(|| compute(&key)).clone()
    }
}
