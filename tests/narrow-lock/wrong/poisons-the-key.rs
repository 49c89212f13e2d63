//! Has a lock for each key, and works under it: a panic poisons that key for good.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

type Slot<V> = Arc<Mutex<Option<V>>>;

#[derive(Debug, Default)]
pub struct Cache<K, V> {
    slots: Mutex<BTreeMap<K, Slot<V>>>,
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
        let mut value = slot.lock().unwrap();
        value.get_or_insert_with(|| compute(&key)).clone()
    }
}
